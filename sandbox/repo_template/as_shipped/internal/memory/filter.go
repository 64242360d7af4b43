// Package memory finds what the agents have learnt.
package memory

// SymbolFilter keeps what was learnt about a symbol.
type SymbolFilter struct{ Symbol string }

func (f SymbolFilter) SQL() (string, any) { return "symbol = $1", f.Symbol }

// AgentFilter keeps what an agent has learnt.
type AgentFilter struct{ Agent string }

func (f AgentFilter) SQL() (string, any) { return "agent_name = $1", f.Agent }
