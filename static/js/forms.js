// What pages of forms do beside being forms. Without scripts all of them work, too.

import { offerCopying } from "./copy.js";
import { offerRevealing } from "./reveal.js";
import { guessZone } from "./time-zone.js";
import { askFirst, showBusy, submitOnChange } from "./submit.js";

offerRevealing();
offerCopying();
guessZone();
askFirst();
showBusy();
submitOnChange();
