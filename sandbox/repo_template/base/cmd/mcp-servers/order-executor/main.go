// Command order-executor places and cancels orders over the Model Context Protocol, on its standard input and output.
package main

import (
	"os"

	"github.com/cryptofunk/sandbox/internal/mcp"
	"github.com/cryptofunk/sandbox/internal/mcp/tools"
)

func main() {
	server := mcp.NewServer("order-executor")
	server.Live = os.Getenv("TRADING_MODE") == "live"
	server.Keys(os.Getenv("BINANCE_API_KEY"), os.Getenv("BINANCE_API_SECRET"), os.Getenv("BINANCE_TESTNET"))
	server.Tool("place_market_order", tools.PlaceMarketOrder)
	server.Tool("place_limit_order", tools.PlaceLimitOrder)
	server.Tool("cancel_order", tools.CancelOrder)
	server.Tool("get_order_status", tools.GetOrderStatus)
	server.ServeStdio()
}
