# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

import pytest

from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._constants import Constants
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._go import parse_go
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._program import Program
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._routers import normal
from ansible_collections.cryptofunk.readiness.plugins.module_utils._code._routes import find_routes
from ansible_collections.cryptofunk.readiness.plugins.module_utils._deadline import Deadline

GIN = 'package main\nimport (\n\t"net/http"\n\t"github.com/gin-gonic/gin"\n\t"m/api"\n)\n'


def found(sources: dict[str, str]) -> tuple[list[str], list[str]]:
    code = parse_go(sources)
    assert code.problems == {}
    routes, unfollowed = find_routes(Program(code, {"m": "."}), Constants(code), Deadline(20))
    return [f"{one.method} {one.path}" for one in routes], [one.at for one in unfollowed]


def of_main(body: str, imports: str = "", more: str = "") -> tuple[list[str], list[str]]:
    return found({"cmd/x/main.go": f"package main\nimport (\n{imports}\n)\n{more}\nfunc main() {{\n{body}\n}}\n"})


GIN_ONLY = '\t"github.com/gin-gonic/gin"'
FOLLOWED = {
    "a group in a variable": (
        'r := gin.New()\nv := r.Group("/v1", mw)\nv.GET("/a", h)\nv.POST("", h)',
        ["POST /v1", "GET /v1/a"],
    ),
    "groups in blocks of the same name": (
        'r := gin.New()\n{\n\tg := r.Group("/a")\n\tg.GET("/x", h)\n}\n{\n\tg := r.Group("/b")\n\tg.GET("/x", h)\n}',
        ["GET /a/x", "GET /b/x"],
    ),
    "a group that is assigned anew": (
        'r := gin.New()\ng := r.Group("/a")\ng.GET("/x", h)\ng = r.Group("/b")\ng.GET("/x", h)',
        ["GET /a/x", "GET /b/x"],
    ),
    "a chain": ('gin.Default().Group("/a").Group("/b").GET("/c", h)', ["GET /a/b/c"]),
    "both branches": (
        'r := gin.New()\nif dev {\n\tr.GET("/dev", h)\n} else {\n\tr.GET("/prod", h)\n}',
        ["GET /dev", "GET /prod"],
    ),
    "a loop over texts": (
        'r := gin.New()\nfor _, p := range []string{"/a", "/b"} {\n\tr.GET(p, h)\n}',
        ["GET /a", "GET /b"],
    ),
    "a sum": ('r := gin.New()\nconst p = "/a"\nr.GET(p + "/:id", h)', ["GET /a/:id"]),
    "a closure": (
        'r := gin.New()\nadd := func(g *gin.RouterGroup) { g.GET("/x", h) }\nadd(r.Group("/a"))',
        ["GET /a/x"],
    ),
    "every method": (
        'r := gin.New()\nr.Any("/a", h)\nr.Match([]string{"GET", "PUT"}, "/b", h)',
        ["ANY /a", "GET /b", "PUT /b"],
    ),
    "a method as text": ('r := gin.New()\nr.Handle("DELETE", "/a", h)', ["DELETE /a"]),
    "static files": (
        'r := gin.New()\nr.Static("/assets", "./public")\nr.StaticFile("/icon", "i")',
        ["GET /assets/*", "GET /icon"],
    ),
    "a rest": ('r := gin.New()\nr.GET("/files/*path", h)', ["GET /files/*"]),
}


@pytest.mark.parametrize(("body", "wanted"), FOLLOWED.values(), ids=FOLLOWED)
def test_groups_are_followed(body: str, wanted: list[str]) -> None:
    assert of_main(body, GIN_ONLY) == (wanted, [])


def test_a_group_is_followed_through_fields_methods_and_packages() -> None:
    routes = found(
        {
            "cmd/x/main.go": GIN
            + "type server struct { router *gin.Engine; v1 *gin.RouterGroup }\n"
            + "func (s *server) routes() {\n\ts.more()\n\ts.v1 = s.router.Group(api.Prefix)\n"
            + '\th := api.NewHandler()\n\th.Register(s.v1)\n\tapi.Also(s.v1.Group("/also"), nil)\n}\n'
            + 'func (s *server) more() { s.v1.GET("/more", h) }\n'
            + "func main() {\n\ts := &server{router: gin.New()}\n\ts.routes()\n}\n",
            "api/api.go": 'package api\nimport "github.com/gin-gonic/gin"\nconst Prefix = "/api/v1"\n'
            + "type Handler struct{}\ntype Other struct{}\nfunc NewHandler() *Handler { return &Handler{} }\n"
            + "func (h *Handler) Register(r *gin.RouterGroup) { h.inner(r, nil) }\n"
            + 'func (h *Handler) inner(r gin.IRouter, m any) { g := r.Group("/h"); g.GET("/:id", wrap(h.Get)...) }\n'
            + 'func (o *Other) Register(r *gin.RouterGroup) { r.GET("/other", nil) }\n'
            + 'func Also(r *gin.RouterGroup, x any) { r.PUT("", nil) }\n'
            + 'func Never(r *gin.RouterGroup) { r.GET("/never", nil) }\n',
        }
    )

    assert routes == (["PUT /api/v1/also", "GET /api/v1/h/:id", "GET /api/v1/more"], [])


def test_of_an_interface_each_method_may_be_meant() -> None:
    routes = found(
        {
            "main.go": GIN
            + "type a struct{}\ntype b struct{}\ntype registers interface { Register(r *gin.RouterGroup) }\n"
            + 'func (a) Register(r *gin.RouterGroup) { r.GET("/a", h) }\nfunc (b) Register(r *gin.RouterGroup) { r.GET("/b", h) }\n'
            + 'func main() {\n\tv := gin.New().Group("/v")\n\tfor _, one := range []registers{a{}, b{}} { one.Register(v) }\n}\n'
        }
    )

    assert routes == (["GET /v/a", "GET /v/b"], [])


def test_programs_have_routes_of_their_own() -> None:
    code = parse_go(
        {
            "cmd/x/main.go": 'package main\nimport "m/shared"\nfunc main() { shared.New().Start() }\n',
            "cmd/y/main.go": 'package main\nimport ("m/shared"; "net/http")\nfunc main() { shared.Other(); http.HandleFunc("/y", h) }\n',
            "shared/s.go": 'package shared\nimport "net/http"\ntype S struct{ mux *http.ServeMux }\nfunc New() *S { return &S{} }\n'
            + 'func Other() {}\nfunc (s *S) Start() { s.mux = http.NewServeMux(); s.mux.HandleFunc("/s", h) }\n'
            + "func (s *S) Add(pattern string, h http.HandlerFunc) { s.mux.HandleFunc(pattern, h) }\n",
        }
    )
    routes, unfollowed = find_routes(Program(code, {"m": "."}), Constants(code), Deadline(20))

    assert {one.path: one.programs for one in routes} == {"/s": ("cmd/x",), "/y": ("cmd/y",)}
    assert unfollowed == []


UNFOLLOWED = {
    "a path of the environment": 'r := gin.New()\nr.GET(os.Getenv("P"), h)',
    "a prefix that is computed": 'r := gin.New()\nr.Group(prefix()).GET("/x", h)',
    "a table of routes": "r := gin.New()\nfor _, one := range table {\n\tr.Handle(one.Method, one.Path, one.Handler)\n}",
    "a router from elsewhere": 'library.Router().GET("/x", h)',
}


@pytest.mark.parametrize("body", UNFOLLOWED.values(), ids=UNFOLLOWED)
def test_what_cannot_be_followed_is_named_and_no_route(body: str) -> None:
    routes, unfollowed = of_main(body, GIN_ONLY + '\n"os"\n"example.com/library"')

    assert routes == []
    assert [one.rpartition(":")[0] for one in unfollowed] == ["cmd/x/main.go"]


def test_a_parameter_that_nobody_fills_is_not_followed() -> None:
    routes, unfollowed = of_main(
        "use(register)", GIN_ONLY + '\n"example.com/library"', 'func register(r *gin.RouterGroup) { r.GET("/x", h) }'
    )

    assert (routes, unfollowed) == ([], ["cmd/x/main.go:6"])


def test_a_path_that_callers_hand_over_is_followed() -> None:
    routes = of_main(
        'm := http.NewServeMux()\nadd(m, "/a")\nadd(m, "/b")',
        '\t"net/http"',
        "func add(m *http.ServeMux, path string) { m.HandleFunc(path, h) }",
    )

    assert routes == (["ANY /a", "ANY /b"], [])


def test_what_looks_like_a_router_and_is_none_stays_out() -> None:
    body = 'c := client.New()\nc.Get("/x")\nc.GET(url)\nhttp.Get("/y")\nm.Handle("/x")'

    assert of_main(body, '\t"net/http"\n\t"example.com/client"') == ([], [])


def test_patterns_of_net_http() -> None:
    body = (
        'm := http.NewServeMux()\nm.HandleFunc("GET /a/{id}", h)\nm.Handle("example.com/b/", h)\nm.HandleFunc("/files/{rest...}", h)\n'
        'sub := http.NewServeMux()\nsub.HandleFunc("/x", h)\nm.Handle("/sub/", http.StripPrefix("/sub", sub))\nhttp.Handle("/d", h)\n'
        'http.ListenAndServe(":1", m)'
    )

    assert of_main(body, '\t"net/http"') == (
        ["GET /a/:id", "ANY /b/*", "ANY /d", "ANY /files/*", "ANY /sub/x"],
        [],
    )


def test_chi() -> None:
    body = (
        'r := chi.NewRouter()\nr.Use(mw)\nr.Get("/a", h)\nr.Route("/b", func(r chi.Router) {\n\tr.Post("/c", h)\n})\n'
        'r.Group(func(r chi.Router) {\n\tr.Delete("/d", h)\n})\nr.Mount("/users", users())\nr.Method("PUT", "/e", h)'
    )
    more = 'func users() http.Handler {\n\tr := chi.NewRouter()\n\tr.Get("/{id:[0-9]+}", h)\n\treturn r\n}'

    assert of_main(body, '\t"net/http"\n\t"github.com/go-chi/chi/v5"', more) == (
        ["GET /a", "POST /b/c", "DELETE /d", "PUT /e", "GET /users/:id"],
        [],
    )


def test_gorilla() -> None:
    body = (
        'r := mux.NewRouter()\nr.HandleFunc("/a", h).Methods("GET", http.MethodPost)\n'
        's := r.PathPrefix("/v1").Subrouter()\ns.HandleFunc("/b/{id}", h).Methods(http.MethodGet)\ns.Handle("/c", h)'
    )

    assert of_main(body, '\t"net/http"\n\t"github.com/gorilla/mux"') == (
        ["GET /a", "POST /a", "GET /v1/b/:id", "ANY /v1/c"],
        [],
    )


def test_echo() -> None:
    body = 'e := echo.New()\ng := e.Group("/v1")\ng.GET("/a/:id", h)\ne.Add("PUT", "/b", h)'

    assert of_main(body, '\t"github.com/labstack/echo/v4"') == (["PUT /b", "GET /v1/a/:id"], [])


def test_recursion_and_depth_end() -> None:
    more = 'func again(r *gin.RouterGroup) { r.GET("/x", h); again(r.Group("/y")) }'

    routes, unfollowed = of_main('again(gin.New().Group("/a"))', GIN_ONLY, more)

    assert routes[0] == "GET /a/x"
    assert unfollowed == ["cmd/x/main.go:5"]


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("", "/"),
        ("/a//b/", "/a/b"),
        ("/{id}", "/:id"),
        ("/{id:[0-9]+}/x", "/:id/x"),
        ("/{p...}", "/*"),
        ("/x/*any", "/x/*"),
        ("/{$}", "/"),
    ],
)
def test_paths_are_written_in_one_way(path: str, wanted: str) -> None:
    assert normal(path) == wanted
