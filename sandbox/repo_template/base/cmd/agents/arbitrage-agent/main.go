// Command arbitrage-agent compares the prices of exchanges.
package main

import (
	"context"
	"log"

	"github.com/cryptofunk/sandbox/internal/agents"
	"github.com/cryptofunk/sandbox/internal/config"
)

func main() {
	agent, err := agents.New(context.Background(), "arbitrage-agent", config.ArbitrageAgentPort)
	if err != nil {
		log.Fatalf("start arbitrage-agent: %v", err)
	}
	agent.Run()
}
