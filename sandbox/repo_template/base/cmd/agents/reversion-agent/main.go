// Command reversion-agent waits for prices to come back to their mean.
package main

import (
	"context"
	"log"

	"github.com/cryptofunk/sandbox/internal/agents"
	"github.com/cryptofunk/sandbox/internal/config"
)

func main() {
	agent, err := agents.New(context.Background(), "reversion-agent", config.ReversionAgentPort)
	if err != nil {
		log.Fatalf("start reversion-agent: %v", err)
	}
	agent.Run()
}
