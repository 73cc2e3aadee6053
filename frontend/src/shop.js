/** Entry of the shop's pages. */
import "htmx.org";
import "./css/shop.css";
import "./js/dialog.js";
import "./js/busy.js";
import "./js/stepper.js";
import "./js/autosubmit.js";
import "./js/suggest.js";
import "./js/places.js";
import "./js/gallery.js";
import "./js/toast.js";
import "./js/menu.js";
import "./js/asked.js";
import "./js/small.js";
import "./js/countdown.js";
import "./js/focus.js";
