"use strict";

// The page asks the API now and then, and shows the answers as they are. It stays far below the limits of the API.
const PERIOD = 20000;

const PANELS = [
  { id: "health", path: "/api/v1/health", pick: (answer) => answer },
  { id: "status", path: "/api/v1/status", pick: (answer) => ({ status: answer.status, ...answer.components }) },
  { id: "config", path: "/api/v1/config", pick: (answer) => flatten(pickSections(answer.config, ["app", "trading", "risk"])) },
];

function pickSections(config, names) {
  const chosen = {};
  for (const name of names) {
    chosen[name] = config[name] || {};
  }
  return chosen;
}

function flatten(value, prefix = "") {
  const flat = {};
  for (const [key, inner] of Object.entries(value)) {
    const name = prefix ? `${prefix}.${key}` : key;
    if (inner !== null && typeof inner === "object" && !Array.isArray(inner)) {
      Object.assign(flat, flatten(inner, name));
    } else {
      flat[name] = Array.isArray(inner) ? inner.join(", ") : inner;
    }
  }
  return flat;
}

async function ask(path) {
  const reply = await fetch(path, { headers: { Accept: "application/json" } });
  const answer = await reply.json();
  return { code: reply.status, answer };
}

function element(tag, text, className) {
  const made = document.createElement(tag);
  made.textContent = text === null || text === undefined ? "unknown" : String(text);
  if (className) {
    made.className = className;
  }
  return made;
}

function showPairs(panel, pairs) {
  const list = panel.querySelector("dl");
  list.replaceChildren();
  for (const [key, value] of Object.entries(pairs)) {
    list.append(element("dt", key), element("dd", value, toneOf(value)));
  }
}

function toneOf(value) {
  if (["healthy", "operational", "RUNNING", true].includes(value)) {
    return "good";
  }
  if (["unhealthy", "STOPPED", "ERROR"].includes(value)) {
    return "bad";
  }
  return "";
}

function showAgents(agents) {
  const body = document.querySelector("#agents tbody");
  body.replaceChildren();
  for (const agent of agents) {
    const row = document.createElement("tr");
    row.append(
      element("td", agent.agent_name),
      element("td", agent.agent_type),
      element("td", agent.status, toneOf(agent.status)),
      element("td", agent.last_heartbeat || "never"),
    );
    body.append(row);
  }
}

async function lookOnce() {
  for (const { id, path, pick } of PANELS) {
    const panel = document.getElementById(id);
    try {
      const { code, answer } = await ask(path);
      panel.dataset.code = String(code);
      showPairs(panel, code < 500 || answer.status ? pick(answer) : { error: code });
    } catch (error) {
      showPairs(panel, { error: error.message });
    }
  }
  try {
    const { answer } = await ask("/api/v1/agents");
    showAgents(answer.agents || []);
  } catch (error) {
    showAgents([]);
  }
  document.getElementById("moment").textContent = new Date().toISOString();
}

lookOnce();
setInterval(lookOnce, PERIOD);
