// Solves a program in LP format with HiGHS: node highs.mjs FILE [SECONDS]
// Needs the npm package "highs" in the current folder's node_modules.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
const load = createRequire(process.cwd() + "/")("highs");
const [file, seconds = "300"] = process.argv.slice(2);
const highs = await load();
const begin = process.cpuUsage();
const answer = highs.solve(readFileSync(file, "utf8"), {
  mip_rel_gap: 0, mip_abs_gap: 1e-6, time_limit: Number(seconds),
});
const spent = process.cpuUsage(begin);
console.log(answer.Status, answer.ObjectiveValue, ((spent.user + spent.system) / 1e6).toFixed(2) + " CPU s");
