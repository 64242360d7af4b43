package risk

import (
	"time"

	"github.com/sony/gobreaker"
)

// What the breakers keep to; the configuration only repeats it.
const (
	ExchangeMinRequests     = 5
	ExchangeFailureRatio    = 0.6
	ExchangeOpenTimeout     = 30 * time.Second
	ExchangeHalfOpenMaxReqs = 3
	ExchangeCountInterval   = 10 * time.Second

	LLMMinRequests     = 3
	LLMFailureRatio    = 0.6
	LLMOpenTimeout     = 60 * time.Second
	LLMHalfOpenMaxReqs = 2
	LLMCountInterval   = 10 * time.Second

	DBMinRequests     = 10
	DBFailureRatio    = 0.6
	DBOpenTimeout     = 15 * time.Second
	DBHalfOpenMaxReqs = 5
	DBCountInterval   = 10 * time.Second
)

// Limits of one breaker: it opens after minRequests when the share of failures reaches ratio.
type Limits struct {
	minRequests uint32
	ratio       float64
	open        time.Duration
	trials      uint32
	window      time.Duration
}

// Breakers are the limits of every service that may fail.
var Breakers = map[string]Limits{
	"exchange": {
		ExchangeMinRequests, ExchangeFailureRatio, ExchangeOpenTimeout, ExchangeHalfOpenMaxReqs, ExchangeCountInterval,
	},
	"llm":      {LLMMinRequests, LLMFailureRatio, LLMOpenTimeout, LLMHalfOpenMaxReqs, LLMCountInterval},
	"database": {DBMinRequests, DBFailureRatio, DBOpenTimeout, DBHalfOpenMaxReqs, DBCountInterval},
}

// NewBreaker returns the breaker of a service.
func NewBreaker(service string) *gobreaker.CircuitBreaker {
	limits := Breakers[service]
	return gobreaker.NewCircuitBreaker(gobreaker.Settings{
		Name:        service,
		MaxRequests: limits.trials,
		Interval:    limits.window,
		Timeout:     limits.open,
		ReadyToTrip: func(counts gobreaker.Counts) bool {
			share := float64(counts.TotalFailures) / float64(counts.Requests)
			return counts.Requests >= limits.minRequests && share >= limits.ratio
		},
	})
}
