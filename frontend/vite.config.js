/** Builds styles, modules, fonts and the map into dist/, from where Django serves them. */
import { readFileSync, readdirSync } from "node:fs";
import tailwindcss from "@tailwindcss/vite";
import { defineConfig } from "vite";
import { countryMap } from "./scripts/country-map.js";

const ART = new URL("src/art/", import.meta.url);

/** Writes what the storefront reads or links by name: dist/map.json and the drawings in dist/art/. */
function namedFiles() {
  return {
    name: "named-files",
    apply: "build",
    generateBundle() {
      this.emitFile({ type: "asset", fileName: "map.json", source: JSON.stringify(countryMap()) });
      for (const name of readdirSync(ART)) {
        this.emitFile({ type: "asset", fileName: `art/${name}`, source: readFileSync(new URL(name, ART)) });
      }
    },
  };
}

export default defineConfig({
  base: "/static/",
  publicDir: false,
  plugins: [tailwindcss(), namedFiles()],
  build: {
    manifest: true,
    outDir: "dist",
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    rollupOptions: { input: ["src/shop.js", "src/tools.js"] },
  },
});
