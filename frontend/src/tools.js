/** Entry of the vendor portal and the back office. */
import "htmx.org";
import "./css/tools-pages.css";
import "./js/dialog.js";
import "./js/busy.js";
import "./js/stepper.js";
import "./js/autosubmit.js";
import "./js/suggest.js";
import "./js/places.js";
import "./js/gallery.js";
import "./js/toast.js";
import "./js/keys.js";
import "./js/theme.js";
import "./js/small.js";
import "./js/focus.js";
