package config

// Ports on which the programs show their health and metrics. 9103 is free.
const (
	TechnicalAgentPort = 9101
	TrendAgentPort     = 9102
	SentimentAgentPort = 9104
	OrderbookAgentPort = 9105
	ReversionAgentPort = 9106
	ArbitrageAgentPort = 9107
	RiskAgentPort      = 9108
	MarketDataPort     = 9201
)
