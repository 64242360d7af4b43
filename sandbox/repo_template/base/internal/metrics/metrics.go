package metrics

import (
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
)

var labels = []string{"method", "path", "status_code"}

// RequestDuration counts the API's requests by the milliseconds that they took.
var RequestDuration = promauto.NewHistogramVec(prometheus.HistogramOpts{
	Name:    "cryptofunk_api_request_duration_ms",
	Help:    "Milliseconds of an API request.",
	Buckets: []float64{10, 25, 50, 100, 250, 500, 1000, 2500, 5000},
}, labels)

// Requests counts the API's requests.
var Requests = promauto.NewCounterVec(prometheus.CounterOpts{
	Name: "cryptofunk_http_requests_total",
	Help: "Requests to the API.",
}, labels)

// CurrentDrawdown is the present loss against the highest value.
var CurrentDrawdown = promauto.NewGauge(prometheus.GaugeOpts{
	Name: "cryptofunk_current_drawdown",
	Help: "Loss against the highest value, as a fraction.",
})

// ActiveAgents is how many agents are at work.
var ActiveAgents = promauto.NewGauge(prometheus.GaugeOpts{
	Name: "cryptofunk_active_agents",
	Help: "Agents at work.",
})
