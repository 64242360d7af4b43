// Package metrics counts what the programs do, and shows it to Prometheus.
package metrics

import (
	"fmt"
	"net/http"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promauto"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Event is something that a program tells of itself: the metric, its labels in their order, and by how much it moves.
type Event struct {
	Metric string
	Labels []string
	Value  float64
}

// Events is where the programs put what they have to tell.
var Events = make(chan Event, 1024)

var (
	requestDuration = promauto.NewHistogramVec(prometheus.HistogramOpts{Name: "cryptofunk_api_request_duration_ms", Help: "Milliseconds of a request to the API."}, []string{"method", "path", "status_code"})
	requests        = promauto.NewCounterVec(prometheus.CounterOpts{Name: "cryptofunk_http_requests_total", Help: "Requests to the API."}, []string{"method", "path", "status_code"})
	failures        = promauto.NewCounterVec(prometheus.CounterOpts{Name: "cryptofunk_errors_total", Help: "Errors by what went wrong and where."}, []string{"type", "component"})
	processing      = promauto.NewHistogramVec(prometheus.HistogramOpts{Name: "cryptofunk_agent_processing_duration_ms", Help: "Milliseconds of an agent's step."}, []string{"agent_type"})
	confidence      = promauto.NewGaugeVec(prometheus.GaugeOpts{Name: "cryptofunk_agent_signal_confidence", Help: "How sure an agent is."}, []string{"agent_type"})
	signals         = promauto.NewCounterVec(prometheus.CounterOpts{Name: "cryptofunk_agent_signals_total", Help: "Signals of the agents."}, []string{"agent_type", "signal_type"})
	modelDuration   = promauto.NewHistogram(prometheus.HistogramOpts{Name: "cryptofunk_llm_request_duration_ms", Help: "Milliseconds of a question to the language model."})
	exchangeErrors  = promauto.NewCounterVec(prometheus.CounterOpts{Name: "cryptofunk_exchange_api_errors_total", Help: "Refusals of the exchange."}, []string{"exchange", "error_type"})
	activeAgents    = promauto.NewGauge(prometheus.GaugeOpts{Name: "cryptofunk_active_agents", Help: "Agents at work."})
	activeSessions  = promauto.NewGauge(prometheus.GaugeOpts{Name: "cryptofunk_active_sessions", Help: "Trading sessions that run."})
	openPositions   = promauto.NewGauge(prometheus.GaugeOpts{Name: "cryptofunk_open_positions", Help: "Positions that are open."})
	votes           = promauto.NewCounterVec(prometheus.CounterOpts{Name: "cryptofunk_voting_results_total", Help: "Votes by their outcome."}, []string{"decision"})
	idle            = promauto.NewGauge(prometheus.GaugeOpts{Name: "cryptofunk_database_connections_idle", Help: "Connections that wait for work."})
	busy            = promauto.NewGauge(prometheus.GaugeOpts{Name: "cryptofunk_database_connections_active", Help: "Connections at work."})
	queryDuration   = promauto.NewHistogramVec(prometheus.HistogramOpts{Name: "cryptofunk_database_query_duration_ms", Help: "Milliseconds of a query."}, []string{"query_type"})
	hitRate         = promauto.NewGauge(prometheus.GaugeOpts{Name: "cryptofunk_redis_cache_hit_rate", Help: "Share of answers from the cache."})
	deciding        = promauto.NewHistogram(prometheus.HistogramOpts{Name: "cryptofunk_orchestrator_latency_ms", Help: "Milliseconds of a decision."})
	winRate         = promauto.NewGauge(prometheus.GaugeOpts{Name: "cryptofunk_win_rate", Help: "Share of trades that won."})
	sharpe          = promauto.NewGauge(prometheus.GaugeOpts{Name: "cryptofunk_sharpe_ratio", Help: "Return by risk."})
	profit          = promauto.NewGauge(prometheus.GaugeOpts{Name: "cryptofunk_total_pnl", Help: "Profit and loss in USD."})
	drawdownLimit   = promauto.NewGauge(prometheus.GaugeOpts{Name: "cryptofunk_max_drawdown_threshold", Help: "The drawdown that ends trading, as a fraction."})
	positionValue   = promauto.NewGaugeVec(prometheus.GaugeOpts{Name: "cryptofunk_position_value_by_symbol", Help: "Value of a position in USD."}, []string{"symbol"})
	orderDuration   = promauto.NewHistogram(prometheus.HistogramOpts{Name: "cryptofunk_order_execution_latency_ms", Help: "Milliseconds of an order."})
	trades          = promauto.NewCounter(prometheus.CounterOpts{Name: "cryptofunk_total_trades", Help: "Trades that were made."})
	won             = promauto.NewCounter(prometheus.CounterOpts{Name: "cryptofunk_winning_trades_value", Help: "USD that trades won."})
	lost            = promauto.NewCounter(prometheus.CounterOpts{Name: "cryptofunk_losing_trades_value", Help: "USD that trades lost."})
	searchDuration  = promauto.NewHistogramVec(prometheus.HistogramOpts{Name: "cryptofunk_vector_search_latency_seconds", Help: "Seconds of a search."}, []string{"operation", "status"})
	searches        = promauto.NewCounterVec(prometheus.CounterOpts{Name: "cryptofunk_vector_search_operations_total", Help: "Searches."}, []string{"operation", "status"})
	searchResults   = promauto.NewHistogramVec(prometheus.HistogramOpts{Name: "cryptofunk_vector_search_results", Help: "What a search found."}, []string{"operation"})
	health          = promauto.NewGaugeVec(prometheus.GaugeOpts{Name: "health_check_status", Help: "Health of a component: 1, 0.5 or 0."}, []string{"component"})
	healthDuration  = promauto.NewHistogramVec(prometheus.HistogramOpts{Name: "health_check_latency_ms", Help: "Milliseconds of a health check."}, []string{"component"})
	healthChecks    = promauto.NewCounterVec(prometheus.CounterOpts{Name: "health_check_total", Help: "Health checks by their outcome."}, []string{"component", "status"})
	breaker         = promauto.NewGaugeVec(prometheus.GaugeOpts{Name: "circuit_breaker_state", Help: "State of a breaker: 0 closed, 1 open, 2 half open."}, []string{"service"})
	breakerFailures = promauto.NewCounterVec(prometheus.CounterOpts{Name: "circuit_breaker_failures_total", Help: "Failures that a breaker has counted."}, []string{"service"})
	voters          = promauto.NewGauge(prometheus.GaugeOpts{Name: "orchestrator_active_agents", Help: "Agents that vote."})
	decisions       = promauto.NewCounter(prometheus.CounterOpts{Name: "orchestrator_decisions_total", Help: "Decisions of the orchestrator."})
	received        = promauto.NewCounter(prometheus.CounterOpts{Name: "orchestrator_signals_received_total", Help: "Signals that arrived."})
	drawdown        = promauto.NewGauge(prometheus.GaugeOpts{Name: "risk_agent_drawdown_current_percent", Help: "Loss against the highest value, in percent."})
	vetoes          = promauto.NewCounter(prometheus.CounterOpts{Name: "risk_agent_veto_total", Help: "Proposals that the risk agent refused."})
)

// Handler shows the metrics, and moves them while the program runs.
func Handler() http.Handler {
	go follow()
	return promhttp.Handler()
}

func follow() {
	for event := range Events {
		move(event)
	}
}

func move(event Event) {
	switch event.Metric {
	case "cryptofunk_api_request_duration_ms":
		requestDuration.WithLabelValues(event.Labels...).Observe(event.Value)
	case "cryptofunk_http_requests_total":
		requests.WithLabelValues(event.Labels...).Add(event.Value)
	case "cryptofunk_errors_total":
		failures.WithLabelValues(event.Labels...).Add(event.Value)
	case "cryptofunk_agent_processing_duration_ms":
		processing.WithLabelValues(event.Labels...).Observe(event.Value)
	case "cryptofunk_agent_signal_confidence":
		confidence.WithLabelValues(event.Labels...).Set(event.Value)
	case "cryptofunk_agent_signals_total":
		signals.WithLabelValues(event.Labels...).Add(event.Value)
	case "cryptofunk_llm_request_duration_ms":
		modelDuration.Observe(event.Value)
	case "cryptofunk_exchange_api_errors_total":
		exchangeErrors.WithLabelValues(event.Labels...).Add(event.Value)
	case "cryptofunk_active_agents":
		activeAgents.Set(event.Value)
	case "cryptofunk_active_sessions":
		activeSessions.Set(event.Value)
	case "cryptofunk_open_positions":
		openPositions.Set(event.Value)
	case "cryptofunk_voting_results_total":
		votes.WithLabelValues(event.Labels...).Add(event.Value)
	case "cryptofunk_database_connections_idle":
		idle.Set(event.Value)
	case "cryptofunk_database_connections_active":
		busy.Set(event.Value)
	case "cryptofunk_database_query_duration_ms":
		queryDuration.WithLabelValues(event.Labels...).Observe(event.Value)
	case "cryptofunk_redis_cache_hit_rate":
		hitRate.Set(event.Value)
	case "cryptofunk_orchestrator_latency_ms":
		deciding.Observe(event.Value)
	case "cryptofunk_win_rate":
		winRate.Set(event.Value)
	case "cryptofunk_sharpe_ratio":
		sharpe.Set(event.Value)
	case "cryptofunk_total_pnl":
		profit.Set(event.Value)
	case "cryptofunk_max_drawdown_threshold":
		drawdownLimit.Set(event.Value)
	case "cryptofunk_position_value_by_symbol":
		positionValue.WithLabelValues(event.Labels...).Set(event.Value)
	case "cryptofunk_order_execution_latency_ms":
		orderDuration.Observe(event.Value)
	case "cryptofunk_total_trades":
		trades.Add(event.Value)
	case "cryptofunk_winning_trades_value":
		won.Add(event.Value)
	case "cryptofunk_losing_trades_value":
		lost.Add(event.Value)
	case "cryptofunk_vector_search_latency_seconds":
		searchDuration.WithLabelValues(event.Labels...).Observe(event.Value)
	case "cryptofunk_vector_search_operations_total":
		searches.WithLabelValues(event.Labels...).Add(event.Value)
	case "cryptofunk_vector_search_results":
		searchResults.WithLabelValues(event.Labels...).Observe(event.Value)
	case "health_check_status":
		health.WithLabelValues(event.Labels...).Set(event.Value)
	case "health_check_latency_ms":
		healthDuration.WithLabelValues(event.Labels...).Observe(event.Value)
	case "health_check_total":
		healthChecks.WithLabelValues(event.Labels...).Add(event.Value)
	case "circuit_breaker_state":
		breaker.WithLabelValues(event.Labels...).Set(event.Value)
	case "circuit_breaker_failures_total":
		breakerFailures.WithLabelValues(event.Labels...).Add(event.Value)
	case "orchestrator_active_agents":
		voters.Set(event.Value)
	case "orchestrator_decisions_total":
		decisions.Add(event.Value)
	case "orchestrator_signals_received_total":
		received.Add(event.Value)
	case "risk_agent_drawdown_current_percent":
		drawdown.Set(event.Value)
	case "risk_agent_veto_total":
		vetoes.Add(event.Value)
	}
}

// Steps counts the steps of the agent of that name.
func Steps(agent string) prometheus.Counter {
	return promauto.NewCounter(prometheus.CounterOpts{Name: fmt.Sprintf("agent_%s_steps_total", agent), Help: "Steps of the agent."})
}
