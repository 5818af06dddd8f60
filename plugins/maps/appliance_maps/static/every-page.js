// What every page with a conversation does with places.

import "./location-map.js";
import "./copy-coordinates.js";
import "./large-map.js";
import "./live.js";
import "./live-age.js";
import "./pick.js";
