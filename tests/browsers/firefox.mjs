// Debian's Firefox for the tests, over WebDriver BiDi. One JSON object a line comes in, one goes out, until the input ends.
//
//     node firefox.mjs FOLDER     the folder whose node_modules hold puppeteer-core
//
// Needs TMPDIR and HOME to be folders it may write to. In: {"act": "open" | "run" | …, …}. Out: {"value": …} or
// {"error": "…"}; first of all {"value": "firefox/153.0"}, once it is there.

import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const SECONDS = 60;
const puppeteer = createRequire(`${process.argv[2]}/`)("puppeteer-core");
const preferences = {
  // What a person's press would allow: nobody presses here before each of a hundred films.
  "media.autoplay.default": 0,
  "media.autoplay.blocking_policy": 0,
  // No question of its own may go anywhere.
  "app.normandy.enabled": false,
  "browser.region.update.enabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
};

function tell(answer) {
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

async function launch() {
  const browser = await puppeteer.launch({
    browser: "firefox",
    executablePath: "/usr/bin/firefox-esr",
    headless: true,
    defaultViewport: { width: 1440, height: 900 },
    extraPrefsFirefox: preferences,
    timeout: 2 * SECONDS * 1000,
    protocolTimeout: SECONDS * 1000,
  });
  tell({ value: await browser.version() });
  return browser;
}

function hear(page) {
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(`script: ${error.message}`));
  page.on("console", (said) => {
    if (said.type() === "error") complaints.push(said.text());
  });
  return complaints;
}

async function serve(page) {
  const complaints = hear(page);
  page.setDefaultTimeout(SECONDS * 1000);
  const acts = {
    open: ({ url }) => page.goto(url).then(() => page.url()),
    always: ({ text }) => page.evaluateOnNewDocument(text).then(() => null),
    run: ({ text }) => page.evaluate(text),
    press: ({ selector }) => page.locator(selector).click(),
    complaints: () => complaints,
  };
  for await (const line of createInterface({ input: process.stdin })) {
    const wanted = JSON.parse(line);
    try {
      tell({ value: (await acts[wanted.act](wanted)) ?? null });
    } catch (error) {
      tell({ error: `${wanted.act}: ${error.message}` });
    }
  }
}

const browser = await launch();
try {
  await serve(await browser.newPage());
} finally {
  await browser.close();
}
