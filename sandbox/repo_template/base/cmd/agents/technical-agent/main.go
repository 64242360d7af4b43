// Command technical-agent computes indicators from candles.
package main

import (
	"context"
	"log"

	"github.com/cryptofunk/sandbox/internal/agents"
	"github.com/cryptofunk/sandbox/internal/config"
)

func main() {
	agent, err := agents.New(context.Background(), "technical-agent", config.TechnicalAgentPort)
	if err != nil {
		log.Fatalf("start technical-agent: %v", err)
	}
	agent.Run()
}
