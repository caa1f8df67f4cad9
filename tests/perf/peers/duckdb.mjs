// SPDX-License-Identifier: GPL-3.0-or-later
//
// DuckDB as a peer: one JSON request per line on standard input, one answer per line on standard
// output, like perf-serve.h. Started with the folder of the packages as its only argument.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const require = createRequire(path.join(path.resolve(process.argv[2]), 'package.json'));
const { DuckDBInstance } = require('@duckdb/node-api');

let instance = null;
let connection = null;

function memory (key) {
  const text = readFileSync('/proc/self/status', 'utf8');
  return Number(new RegExp(`${key}:\\s+(\\d+)`).exec(text)[1]) / 1024;
}

// Runs SQL and reads its whole result.
async function runAndRead (sql) {
  const reader = await connection.runAndReadAll(sql);
  return reader.getRowsJson();
}

const commands = {
  async open ({ file, threads = 1, memory_limit: limit = '4GB', mode = 'automatic' }) {
    await commands.close();
    instance = await DuckDBInstance.create(file,
      { threads: String(threads), memory_limit: limit, access_mode: mode });
    connection = await instance.connect();
    return { version: (await runAndRead('select version()'))[0][0] };
  },

  async close () {
    connection?.closeSync();
    instance?.closeSync?.();
    connection = instance = null;
    return {};
  },

  // Timed; the rows are part of the answer when asked for.
  async sql ({ sql, rows: wanted = true }) {
    const cpu = process.cpuUsage();
    const start = process.hrtime.bigint();
    const rows = await runAndRead(sql);
    const ms = Number(process.hrtime.bigint() - start) / 1e6;
    const used = process.cpuUsage(cpu);
    return { ms, cpu_ms: (used.user + used.system) / 1e3, rows: wanted ? rows : [] };
  },

  async 'reset-peak' () {
    writeFileSync('/proc/self/clear_refs', '5');
    return {};
  },

  async size ({ file }) {
    return { bytes: statSync(file).size };
  },
};

async function answer (line) {
  try {
    const request = JSON.parse(line);
    const result = await commands[request.do](request);
    return { ...result, ok: true, rss_mb: memory('VmRSS'), peak_mb: memory('VmHWM') };
  } catch (error) {
    return { error: String(error.message ?? error) };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const text = JSON.stringify(await answer(line),
    (_, value) => (typeof value === 'bigint' ? Number(value) : value));
  process.stdout.write(`${text}\n`);
}
