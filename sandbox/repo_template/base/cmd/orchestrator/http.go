package main

import (
	"net/http"

	"github.com/cryptofunk/sandbox/internal/metrics"
	"github.com/cryptofunk/sandbox/internal/orchestrator"
)

// endpoints shows the orchestrator to its operators. Pause and resume ask for no key: keep the port inside.
func endpoints(made *orchestrator.Orchestrator) *http.ServeMux {
	mux := http.NewServeMux()
	mux.HandleFunc("/health", made.Health)
	mux.HandleFunc("/liveness", made.Liveness)
	mux.HandleFunc("/readiness", made.Readiness)
	mux.HandleFunc("/status", made.Paused)
	mux.HandleFunc("/api/v1/status", made.Status)
	mux.HandleFunc("/pause", made.Pause)
	mux.HandleFunc("/resume", made.Resume)
	mux.Handle("/metrics", metrics.Handler())
	return mux
}
