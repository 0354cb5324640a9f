// Scores responses by Mozilla's published rules. Reads an array of responses as JSON from standard
// input ({name, url, status, headers: [[name, value]], preflight: [[name, value]], body}), and
// writes for each its grade, its score, and what every test found.
import fs from "node:fs";

import { AxiosHeaders } from "axios";
import { CookieJar } from "tough-cookie";

// The list of preloaded hosts is fetched from outside when the scorer is installed, and by no test.
// None of our hosts is on it; an empty list is what it says of us.
const read = fs.readFileSync;
fs.readFileSync = (path, ...more) =>
  String(path).endsWith("hsts-preload.json") ? "{}" : read(path, ...more);

const source = new URL("src/", import.meta.resolve("@mdn/mdn-http-observatory/package.json"));
const from = (path) => import(new URL(path, source));
const { ALL_TESTS } = await from("constants.js");
const { Requests } = await from("types.js");
const { getGradeForScore, getScoreModifier } = await from("grader/grader.js");
const { MINIMUM_SCORE_FOR_EXTRA_CREDIT } = await from("grader/charts.js");
const { parseHttpEquivHeaders } = await from("retriever/utils.js");

function told(status, pairs) {
  const headers = new AxiosHeaders();
  for (const [name, value] of pairs) {
    const before = headers.get(name);
    headers.set(name, before ? [].concat(before, value) : value);
  }
  return { status, headers, verified: true };
}

function asked({ url, status, headers, preflight, body }) {
  const requests = new Requests(new URL(url).hostname);
  const jar = new CookieJar();
  for (const [name, value] of headers) {
    if (name.toLowerCase() === "set-cookie") jar.setCookieSync(value, url);
  }
  const response = told(status, headers);
  const isPage = String(response.headers.get("content-type")).startsWith("text/html");
  response.httpEquiv = isPage ? parseHttpEquivHeaders(body, url) : new Map();
  requests.session = { url: new URL(url), jar };
  requests.resources.path = body;
  requests.responses.auto = requests.responses.https = response;
  requests.responses.cors = told(200, preflight);
  return requests;
}

function scored(one) {
  const tests = ALL_TESTS.map((test) => test(asked(one))).map((found) => ({
    name: found.constructor.name,
    result: found.result,
    pass: found.pass,
    modifier: getScoreModifier(found.result),
  }));
  const sum = (some) => some.reduce((total, { modifier }) => total + modifier, 100);
  const without = sum(tests.filter(({ modifier }) => modifier < 0));
  const total = without >= MINIMUM_SCORE_FOR_EXTRA_CREDIT ? sum(tests) : without;
  return { name: one.name, ...getGradeForScore(total), tests };
}

process.stdout.write(JSON.stringify(JSON.parse(read(0, "utf8")).map(scored)));
