#pragma once

#include <QByteArray>

namespace plantain {

/// An endpoint document with a parameter of every kind there is: what the bundled ones have none of (JSON, a second list of
/// addresses, fractions, choices that are no text) beside what they have.
inline QByteArray documentOfEveryKind()
{
    return R"json({
  "openapi": "3.0.4",
  "info": { "title": "Every kind", "version": "1.0.0", "x-fal-metadata": { "endpointId": "test/every-kind" } },
  "paths": { "/test/every-kind": { "post": { "requestBody": { "required": true, "content": { "application/json": {
    "schema": { "$ref": "#/components/schemas/Input" } } } } } } },
  "components": { "schemas": { "Input": { "type": "object", "required": [ "prompt", "image_urls", "nothing" ], "properties": {
    "prompt": { "type": "string" },
    "image_urls": { "type": "array", "items": { "type": "string", "_fal_ui_field": "image" } },
    "style_urls": { "type": "array", "items": { "type": "string", "format": "uri" } },
    "mask_url": { "type": "string" },
    "note": { "type": "string" },
    "settings": { "type": "object" },
    "layers": { "type": "array", "items": { "type": "object" } },
    "size": { "anyOf": [ { "type": "object" }, { "enum": [ "square", "wide" ], "type": "string" } ] },
    "weights": { "type": "array", "items": { "type": "number" } },
    "anything": {},
    "shapes": { "enum": [ { "a": 1 }, [ 1, 2 ] ] },
    "steps": { "enum": [ 1, 2.5, true, "1" ] },
    "strength": { "type": "number", "minimum": -0.1, "maximum": 1e300 },
    "large": { "type": "integer" },
    "nothing": { "anyOf": [ { "type": "object" }, { "type": "null" } ] },
    "seed": { "type": "integer" }
  } } } }
})json";
}

inline QByteArray overlayOfEveryKind()
{
    return R"json({ "endpoint": "test/every-kind", "title": "Every kind", "sibling": "fal-ai/nano-banana-2",
  "references": { "field": "image_urls", "max": 14, "source": "this test" } })json";
}

} // namespace plantain
