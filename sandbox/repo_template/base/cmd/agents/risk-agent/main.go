// Command risk-agent may veto whatever the others propose.
package main

import (
	"context"
	"log"

	"github.com/cryptofunk/sandbox/internal/agents"
	"github.com/cryptofunk/sandbox/internal/config"
)

func main() {
	agent, err := agents.New(context.Background(), "risk-agent", config.RiskAgentPort)
	if err != nil {
		log.Fatalf("start risk-agent: %v", err)
	}
	agent.Run()
}
