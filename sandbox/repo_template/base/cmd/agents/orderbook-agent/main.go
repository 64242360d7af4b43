// Command orderbook-agent reads the depth of the order book.
package main

import (
	"context"
	"log"

	"github.com/cryptofunk/sandbox/internal/agents"
	"github.com/cryptofunk/sandbox/internal/config"
)

func main() {
	agent, err := agents.New(context.Background(), "orderbook-agent", config.OrderbookAgentPort)
	if err != nil {
		log.Fatalf("start orderbook-agent: %v", err)
	}
	agent.Run()
}
