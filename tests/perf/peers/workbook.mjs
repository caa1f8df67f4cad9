// SPDX-License-Identifier: GPL-3.0-or-later
//
// exceljs as a peer: its streaming writer, over rows that are in memory already. One JSON request
// per line, one answer per line. Started with the folder of the packages as its only argument.
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import { readFileSync } from 'node:fs';
import path from 'node:path';

const require = createRequire(path.join(path.resolve(process.argv[2]), 'package.json'));
const ExcelJS = require('exceljs');

// A JSON array of arrays; times are milliseconds in the columns that the request names.
function readRows ({ cells, times }) {
  const rows = JSON.parse(readFileSync(cells, 'utf8'));
  for (const row of rows) {
    for (const place of times) {
      if (row[place] !== null) row[place] = new Date(row[place]);
    }
  }
  return rows;
}

// The same cells as ours: times that show the time of day, for which exceljs, as it comes, shows the
// day alone. Of the ways to say so, one style for all was the fastest.
const TIME_STYLE = { numFmt: 'yyyy-mm-dd hh:mm:ss' };

async function write (rows, times, file) {
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({
    filename: file, useSharedStrings: false, useStyles: true,
  });
  const sheet = book.addWorksheet('Messages');
  for (const row of rows) {
    const added = sheet.addRow(row);
    for (const place of times) {
      if (row[place] !== null) added.getCell(place + 1).style = TIME_STYLE;
    }
    added.commit();
  }
  sheet.commit();
  await book.commit();
}

let rows = null;
for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  let answer;
  try {
    rows ??= readRows(request);
    const cpu = process.cpuUsage();
    const start = process.hrtime.bigint();
    await write(rows, request.times, request.path);
    const used = process.cpuUsage(cpu);
    answer = { ok: true, ms: Number(process.hrtime.bigint() - start) / 1e6,
      cpu_ms: (used.user + used.system) / 1e3 };
  } catch (error) {
    answer = { error: String(error.message ?? error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
