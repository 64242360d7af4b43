package risk

import (
	"time"

	"github.com/sony/gobreaker"
)

// Limits of one breaker: it opens after minRequests when the share of failures reaches ratio.
type Limits struct {
	minRequests uint32
	ratio       float64
	open        time.Duration
}

// Breakers are the limits of every service that may fail.
var Breakers = map[string]Limits{
	"exchange": {5, 0.6, 30 * time.Second},
	"llm":      {3, 0.6, 60 * time.Second},
	"database": {10, 0.6, 15 * time.Second},
}

// NewBreaker returns the breaker of a service.
func NewBreaker(service string) *gobreaker.CircuitBreaker {
	limits := Breakers[service]
	return gobreaker.NewCircuitBreaker(gobreaker.Settings{
		Name:     service,
		Interval: 10 * time.Second,
		Timeout:  limits.open,
		ReadyToTrip: func(counts gobreaker.Counts) bool {
			share := float64(counts.TotalFailures) / float64(counts.Requests)
			return counts.Requests >= limits.minRequests && share >= limits.ratio
		},
	})
}
