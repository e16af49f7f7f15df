/** A catalog file, for `npm run catalog -- --help`. */
export const exampleCatalog = `{
  "licenses": [
    {
      "code": "basic",
      "names": { "en": "Basic", "es": "Básica" },
      "rank": 10,
      "features": ["dashboards", "alerts"],
      "maxDatapoints": 200,
      "maxRtcLines": 5
    }
  ],
  "sectors": [{ "code": "hotel", "names": { "en": "Hotels", "es": "Hoteles" } }]
}`;
