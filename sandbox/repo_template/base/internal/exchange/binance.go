package exchange

import "os"

// Real and pretended hosts of the exchange.
const (
	liveHost    = "https://api.binance.com"
	testnetHost = "https://testnet.binance.vision"
)

// Host returns where orders go. Only the lower-case word means real money.
func Host(testnet bool) string {
	if testnet || os.Getenv("TRADING_MODE") != "live" {
		return testnetHost
	}
	return liveHost
}
