// Command technical-indicators computes indicators over the Model Context Protocol, on its standard input and output.
package main

import (
	"github.com/cryptofunk/sandbox/internal/mcp"
	"github.com/cryptofunk/sandbox/internal/mcp/tools"
)

func main() {
	server := mcp.NewServer("technical-indicators")
	server.Tool("calculate_rsi", tools.CalculateRsi)
	server.Tool("calculate_macd", tools.CalculateMacd)
	server.Tool("calculate_ema", tools.CalculateEma)
	server.ServeStdio()
}
