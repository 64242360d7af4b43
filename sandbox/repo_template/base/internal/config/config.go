package config

import "github.com/spf13/viper"

// Config is configs/config.yaml.
type Config struct {
	App       AppConfig
	Database  DatabaseConfig
	Trading   TradingConfig
	Risk      RiskConfig
	API       APIConfig
	Exchanges map[string]ExchangeConfig
}

// AppConfig says which installation this is.
type AppConfig struct {
	Name        string
	Version     string
	Environment string
	LogLevel    string `mapstructure:"log_level"`
}

// DatabaseConfig is used by the validator; the pool reads DATABASE_URL.
type DatabaseConfig struct {
	Host    string
	Port    int
	SSLMode string `mapstructure:"ssl_mode"`
}

// TradingConfig says what is traded, and whether with money.
type TradingConfig struct {
	Mode           string
	Symbols        []string
	InitialCapital float64 `mapstructure:"initial_capital"`
	MaxPositions   int     `mapstructure:"max_positions"`
}

// RiskConfig holds the limits as fractions of the portfolio.
type RiskConfig struct {
	MaxPositionSize float64 `mapstructure:"max_position_size"`
	MaxDailyLoss    float64 `mapstructure:"max_daily_loss"`
	MaxDrawdown     float64 `mapstructure:"max_drawdown"`
}

// ExchangeConfig holds one exchange. Its keys come from the environment or from Vault.
type ExchangeConfig struct {
	APIKey    string `mapstructure:"api_key"`
	SecretKey string `mapstructure:"secret_key"`
	Testnet   bool
}

// APIConfig says who may call the API.
type APIConfig struct {
	Auth           AuthConfig
	AllowedOrigins []string `mapstructure:"allowed_origins"`
}

// AuthConfig says how a key is sent.
type AuthConfig struct {
	Enabled      bool
	HeaderName   string `mapstructure:"header_name"`
	RequireHTTPS bool   `mapstructure:"require_https"`
}

// Load reads the file at path, or configs/config.yaml.
func Load(path string) (*Config, error) {
	v := viper.New()
	v.SetEnvPrefix("CRYPTOFUNK")
	v.AutomaticEnv()
	v.SetConfigName("config")
	v.AddConfigPath("./configs")
	if path != "" {
		v.SetConfigFile(path)
	}
	if err := v.ReadInConfig(); err != nil {
		return nil, err
	}
	var config Config
	return &config, v.Unmarshal(&config)
}
