// Command risk-analyzer computes sizes and limits over the Model Context Protocol, on its standard input and output.
package main

import (
	"github.com/cryptofunk/sandbox/internal/mcp"
	"github.com/cryptofunk/sandbox/internal/mcp/tools"
)

func main() {
	server := mcp.NewServer("risk-analyzer")
	server.Tool("calculate_position_size", tools.CalculatePositionSize)
	server.Tool("calculate_var", tools.CalculateVar)
	server.Tool("check_portfolio_limits", tools.CheckPortfolioLimits)
	server.ServeStdio()
}
