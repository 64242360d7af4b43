// Command sentiment-agent reads the news.
package main

import (
	"context"
	"log"
	"os"

	"github.com/cryptofunk/sandbox/internal/agents"
	"github.com/cryptofunk/sandbox/internal/config"
)

func main() {
	agent, err := agents.New(context.Background(), "sentiment-agent", config.SentimentAgentPort)
	if err != nil {
		log.Fatalf("start sentiment-agent: %v", err)
	}
	if key := os.Getenv("CRYPTOPANIC_API_KEY"); key != "" {
		agent.UseNews(key)
	}
	agent.Run()
}
