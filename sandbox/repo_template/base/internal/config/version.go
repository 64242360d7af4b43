package config

// Version is what every program says of itself.
const Version = "1.0.0"
