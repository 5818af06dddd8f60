// What every page with a conversation does with voices, films, pictures and documents.

import "./voice-bubble.js";
import "./round-video.js";
import "./looping-film.js";
import "./one-at-a-time.js";
import "./film.js";
import "./film-tools.js";
import "./lightbox.js";
import "./reader.js";
import "./recording/record-menu.js";
