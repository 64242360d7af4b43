// Command market-data serves prices and order books over the Model Context Protocol, on its standard input and output.
package main

import (
	"os"

	"github.com/adshao/go-binance/v2"

	"github.com/cryptofunk/sandbox/internal/config"
	"github.com/cryptofunk/sandbox/internal/mcp"
	"github.com/cryptofunk/sandbox/internal/mcp/tools"
)

func main() {
	binance.UseTestnet = true
	server := mcp.NewServer("market-data")
	server.CoinGecko(os.Getenv("COINGECKO_API_KEY"), os.Getenv("PREFER_COINGECKO"))
	go server.ServeMetrics(config.MarketDataPort)
	server.Tool("get_price", tools.GetPrice)
	server.Tool("get_order_book", tools.GetOrderBook)
	server.ServeStdio()
}
