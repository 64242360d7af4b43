// Command trend-agent follows the direction of the market.
package main

import (
	"context"
	"log"

	"github.com/cryptofunk/sandbox/internal/agents"
	"github.com/cryptofunk/sandbox/internal/config"
)

func main() {
	agent, err := agents.New(context.Background(), "trend-follower", config.TrendAgentPort)
	if err != nil {
		log.Fatalf("start trend-follower: %v", err)
	}
	agent.Run()
}
