// Builds the front end: Sass to three style sheets without physical directions, the fonts and the
// icon, each under a name that holds its own hash, so that a browser may keep it for ever.
// The script that blinds is bundled with the library that does the arithmetic. Writes static/dist
// with manifest.json (name -> hashed name), integrity.json (script -> what a browser checks it by)
// and .gz and .br beside each text.
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";
import { compile } from "sass";
import stylelint from "stylelint";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const DIST = path.join(HERE, "dist");
const DESIGN = path.join(HERE, "../node_modules/dkfds");
const FONTS = path.join(DESIGN, "src/fonts/IBMPlexSans/split/woff2");

// The foundry's own cuts: a cut of our own would have to drop the reserved name "Plex".
const FONT_FILES = {
  "plex-sans-400.woff2": "IBMPlexSans-Regular-Latin1.woff2",
  "plex-sans-600.woff2": "IBMPlexSans-SemiBold-Latin1.woff2",
  "plex-sans-latin-2.woff2": "IBMPlexSans-Regular-Latin2.woff2",
};

const DIRECTIONS = {
  plugins: ["stylelint-use-logical"],
  rules: { "csstools/use-logical": "always" },
};
const COLOUR = /#[0-9a-f]{3,8}\b|\b(?:rgb|hsl)a?\(/i;

// What is bundled is given on with its licence.
const BUNDLED = { "@cloudflare/blindrsa-ts": "LICENSE.txt", sjcl: "LICENSE.txt" };

const manifest = {};
const integrity = {};

/** Writes a file under its hashed name, text also compressed, and returns that name. */
function publish(name, content) {
  const bytes = Buffer.from(content);
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 12);
  const { name: stem, ext } = path.parse(name);
  const hashed = `${stem}.${hash}${ext}`;
  writeFileSync(path.join(DIST, hashed), bytes);
  if (ext !== ".woff2") {
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
    writeFileSync(path.join(DIST, `${hashed}.gz`), gzipSync(bytes, { level: 9 }));
    writeFileSync(path.join(DIST, `${hashed}.br`), brotliCompressSync(bytes, quality));
  }
  manifest[name] = hashed;
  if (ext === ".js") {
    integrity[name] = `sha384-${createHash("sha384").update(bytes).digest("base64")}`;
  }
  return hashed;
}

/** A script and all that it imports as one file, without a name outside itself. */
async function bundled(name) {
  const { outputFiles } = await build({
    entryPoints: [path.join(HERE, "js", name)],
    bundle: true,
    format: "iife",
    legalComments: "none",
    logLevel: "warning",
    minify: true,
    target: "es2022",
    write: false,
  });
  return outputFiles[0].contents;
}

function licences() {
  const texts = Object.entries(BUNDLED).map(([name, file]) => {
    const folder = path.join(HERE, "../node_modules", name);
    return `${name}\n\n${readFileSync(path.join(folder, file), "utf8").trim()}\n`;
  });
  return texts.join(`\n${"-".repeat(70)}\n\n`);
}

/** The design system has left and right; right-to-left languages need start and end. */
async function withoutDirections(css) {
  const { code } = await stylelint.lint({ code: css, config: DIRECTIONS, fix: true });
  const again = await stylelint.lint({ code, config: DIRECTIONS });
  if (again.errored) throw new Error(`Physical directions are left:\n${again.report}`);
  return code;
}

/** The design system's pictures have fixed colours and cost a request each: ours are drawn. */
function withoutPictures(css) {
  return css.replace(/\s*background-image: url\("?\.\.\/img[^)]*\);/g, "");
}

/** Every colour comes from a token, or the dark scheme would miss it. */
function colouredByTokens(css) {
  const rules = css.replace(/(^|[{};])\s*--[\w-]+:[^;}]*/g, "$1");
  const stray = rules.match(new RegExp(`.{0,60}(?:${COLOUR.source}).{0,20}`, "i"));
  if (stray) throw new Error(`A colour is not a token: ${stray[0]}`);
  return css;
}

function sheet(name) {
  const options = {
    loadPaths: [path.join(DESIGN, "src/stylesheets")],
    quietDeps: true,
    style: "expanded",
  };
  return compile(path.join(HERE, "css", name), options).css;
}

/** Comments and white space out; nothing clever. */
function minified(css) {
  return css
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/\s+/g, " ")
    .replace(/ ?([{};,]) ?/g, "$1")
    .replace(/: /g, ":")
    .replaceAll(";}", "}")
    .trim();
}

rmSync(DIST, { recursive: true, force: true });
mkdirSync(DIST, { recursive: true });
for (const [name, file] of Object.entries(FONT_FILES)) {
  publish(name, readFileSync(path.join(FONTS, file)));
}
copyFileSync(path.join(FONTS, "license.txt"), path.join(DIST, "plex-sans-license.txt"));
publish("icon.svg", readFileSync(path.join(HERE, "icon.svg")));
for (const name of ["aloud.js", "coding.js", "door.js"]) publish(name, readFileSync(path.join(HERE, "js", name)));
for (const name of ["main", "work", "reading"]) {
  const plain = withoutPictures(sheet(`${name}.scss`));
  const css = minified(colouredByTokens(await withoutDirections(plain)));
  publish(`${name}.css`, css.replace(/url\("([^"]+)"\)/g, (_, asked) => {
    if (!manifest[asked]) throw new Error(`The style sheet asks for ${asked}, which is not built`);
    return `url("${manifest[asked]}")`;
  }));
}
publish("participation.js", await bundled("participation.js"));
publish("session.js", await bundled("session.js"));
writeFileSync(path.join(DIST, "participation-licences.txt"), licences());
writeFileSync(path.join(DIST, "integrity.json"), `${JSON.stringify(integrity, null, 2)}\n`);
writeFileSync(path.join(DIST, "manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
for (const name of Object.values(manifest)) process.stdout.write(`static/dist/${name}\n`);
