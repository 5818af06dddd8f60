// What every page does.

import { listenLive } from "./live.js";
import { keepMenus } from "./menus.js";
import { listenToHtmx } from "./requests.js";
import { keepTimes } from "./times.js";

listenToHtmx();
keepMenus();
keepTimes();
listenLive();
