// Command api serves CryptoFunk's HTTP API.
package main

import (
	"context"
	"log"
	"net/http"
	"os"

	"github.com/gin-contrib/cors"
	"github.com/gin-gonic/gin"

	"github.com/cryptofunk/sandbox/internal/api"
	"github.com/cryptofunk/sandbox/internal/config"
	"github.com/cryptofunk/sandbox/internal/db"
	"github.com/cryptofunk/sandbox/internal/metrics"
)

func main() {
	settings, err := config.Load(os.Getenv("CONFIG_PATH"))
	if err != nil {
		log.Fatalf("load configuration: %v", err)
	}
	pool, err := db.Open(context.Background())
	if err != nil {
		log.Fatalf("open database: %v", err)
	}
	port := os.Getenv("API_PORT")
	if port == "" {
		port = "8080"
	}
	log.Fatal(http.ListenAndServe(":"+port, routes(settings, api.NewHandlers(pool, os.Getenv("ORCHESTRATOR_URL")))))
}

func routes(settings *config.Config, handle *api.Handlers) *gin.Engine {
	router := gin.New()
	limits := newLimits()
	router.Use(cors.New(cors.Config{AllowOrigins: settings.API.AllowedOrigins, AllowCredentials: true}), limits.global)
	router.GET("/", handle.Root)
	router.GET("/metrics", gin.WrapH(metrics.Handler()))
	v1 := router.Group("/api/v1")
	v1.GET("/health", handle.Health)
	v1.GET("/status", handle.Status)
	v1.GET("/ws", handle.WebSocket)
	v1.GET("/config", limits.read, handle.Config)
	v1.PATCH("/config", limits.control, handle.UpdateConfig)
	v1.GET("/agents", limits.read, handle.ListAgents)
	v1.GET("/agents/:name", limits.read, handle.GetAgent)
	v1.GET("/agents/:name/status", limits.read, handle.GetAgentStatus)
	v1.GET("/positions", limits.read, handle.ListPositions)
	v1.GET("/positions/:symbol", limits.read, handle.GetPosition)
	v1.GET("/orders", limits.read, handle.ListOrders)
	v1.GET("/orders/:id", limits.read, handle.GetOrder)
	v1.POST("/orders", limits.order, handle.PlaceOrder)
	v1.DELETE("/orders/:id", limits.order, handle.CancelOrder)
	v1.GET("/decisions", limits.read, handle.ListDecisions)
	v1.GET("/decisions/stats", limits.read, handle.DecisionStats)
	v1.GET("/decisions/:id", limits.read, handle.GetDecision)
	v1.GET("/decisions/:id/similar", limits.search, handle.SimilarDecisions)
	v1.GET("/strategies/current", limits.read, handle.CurrentStrategy)
	v1.GET("/strategies/version", limits.read, handle.StrategyVersion)
	v1.GET("/strategies/schema", limits.read, handle.StrategySchema)
	v1.GET("/backtest", limits.read, handle.ListBacktests)
	rules := settings.API.Auth
	guard := api.AuthMiddleware(handle.Keys(), &api.AuthConfig{
		Enabled: rules.Enabled, HeaderName: rules.HeaderName, RequireHTTPS: rules.RequireHTTPS,
	})
	trade := v1.Group("/trade", limits.control, guard)
	trade.POST("/start", handle.StartTrading)
	trade.POST("/stop", handle.StopTrading)
	trade.POST("/pause", handle.PauseTrading)
	trade.POST("/resume", handle.ResumeTrading)
	return router
}
