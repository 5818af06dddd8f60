// What pages of forms do beside being forms. Without scripts all of them work, too.

import { offerCopying } from "./copy.js";
import { keepMessengers } from "./messengers.js";
import { keepNoticeChoices } from "./notice-choices.js";
import { offerRevealing } from "./reveal.js";
import { previewTexts } from "./text-preview.js";
import { guessZone } from "./time-zone.js";
import { askFirst, showBusy, submitOnChange } from "./submit.js";

offerRevealing();
offerCopying();
guessZone();
previewTexts();
keepMessengers();
keepNoticeChoices();
askFirst();
showBusy();
submitOnChange();
