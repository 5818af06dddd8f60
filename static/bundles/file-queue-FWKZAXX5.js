document.addEventListener("htmx:after:swap",()=>{document.activeElement===document.body&&document.getElementById("file-queue")?.focus({preventScroll:!0})});
