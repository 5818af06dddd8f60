// What every page does.

import { keepKeys } from "./keys.js";
import { listenLive } from "./live.js";
import { keepMenus } from "./menus.js";
import { keepNotices } from "./notices.js";
import { keepPalette } from "./palette.js";
import { listenToHtmx } from "./requests.js";
import { keepTimes } from "./times.js";

listenToHtmx();
keepMenus();
keepTimes();
keepPalette();
keepKeys();
keepNotices();
// Once every other module listens: news may come at once, and are told once.
addEventListener("DOMContentLoaded", listenLive);
