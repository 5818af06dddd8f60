import"./part-WKWNFA2X.js";
