// Made from types.ts: npm run build:typedefs.

/**
 * A group, by its ID.
 * @typedef {Object} GroupRecipient
 * @public
 * @property {string} group - the ID of the group
 */

/**
 * Who gets a message: a phone number in any common format (`+254 712 345678`), a business-scoped user ID (BSUID, `KE.1A2b`), a group, as `{ group: '<group id>' }`, or a row from `parseWebhook()`, to reply to its sender from the number that received the message.
 * A number without a country code (`0712 345 678`) requires `defaultCountry` in the credential. Without `+`, it must be a valid mobile number; ambiguous numbers are an error.
 *
 * One of: `string`, `number`, `GroupRecipient`, `MessageRow`, `StatusRow`.
 * @typedef {(string|number|GroupRecipient|MessageRow|StatusRow)} Recipient
 * @public
 */

/**
 * A text message: `{ text }`, or just a string.
 * @typedef {Object} TextMessage
 * @public
 * @property {boolean} previewUrl - show a preview of the first link in the text
 * @property {string} text - the text: up to 4,096 characters alone or with a list, up to 1,024 with anything else
 */

/**
 * An image: JPEG or PNG, up to 5 MB.
 * @typedef {Object} ImageMessage
 * @public
 * @property {string} image - the ID of an uploaded file or an https:// URL
 * @property {string} caption - up to 1,024 characters
 */

/**
 * A video: MP4 or 3GPP, up to 16 MB.
 * @typedef {Object} VideoMessage
 * @public
 * @property {string} video - the ID of an uploaded file or an https:// URL
 * @property {string} caption - up to 1,024 characters
 */

/**
 * Audio: AAC, AMR, MP3, M4A or OGG with Opus, up to 16 MB.
 * @typedef {Object} AudioMessage
 * @public
 * @property {string} audio - the ID of an uploaded file or an https:// URL
 * @property {boolean} voice - `true` shows it as a voice message
 */

/**
 * A document, such as a PDF, up to 100 MB.
 * @typedef {Object} DocumentMessage
 * @public
 * @property {string} document - the ID of an uploaded file or an https:// URL
 * @property {string} filename - the filename shown to the recipient
 * @property {string} caption - up to 1,024 characters
 */

/**
 * A sticker: WebP, up to 500 KB.
 * @typedef {Object} StickerMessage
 * @public
 * @property {string} sticker - the ID of an uploaded file or an https:// URL
 */

/**
 * A file above the text of a message with buttons, a link or a flow: one of `image`, `video` and `document`.
 * @typedef {Object} HeaderFile
 * @public
 * @property {string} image - the ID of an uploaded file or an https:// URL
 * @property {string} video - the same
 * @property {string} document - the same
 * @property {string} filename - the filename of the document
 */

/**
 * A reply button.
 * @typedef {Object} ReplyButton
 * @public
 * @property {string} id - the ID returned in the webhook, up to 256 characters (default: the title)
 * @property {string} title - up to 20 characters
 */

/**
 * A message with reply buttons.
 * @typedef {Object} ButtonsMessage
 * @public
 * @property {Array<(string|ReplyButton|Cta)>} buttons - 1 to 3 buttons; a string stands for its title. With the option `category: 'utility'` (Direct Send) up to 10, of which the first two may be a `Cta`
 * @property {string} text - the text: up to 4,096 characters alone or with a list, up to 1,024 with anything else
 * @property {(string|HeaderFile)} header - above the text: up to 60 characters; with buttons, a link or a flow, it may be a file
 * @property {string} footer - below the text: up to 60 characters
 */

/**
 * A row of a list.
 * @typedef {Object} ListRow
 * @public
 * @property {string} id - the ID returned in the webhook, up to 200 characters (default: the title)
 * @property {string} title - up to 24 characters
 * @property {string} description - up to 72 characters
 */

/**
 * A section of a list.
 * @typedef {Object} ListSection
 * @public
 * @property {string} title - up to 24 characters; required if there are several sections
 * @property {Array<(string|ListRow)>} rows - its rows; a string stands for the title of a row
 */

/**
 * A list to choose from: `rows`, or `sections` with rows, up to 10 rows in total.
 * @typedef {Object} List
 * @public
 * @property {string} button - the label of the button that opens the list, up to 20 characters
 * @property {Array<(string|ListRow)>} rows - the rows; a string stands for the title of a row
 * @property {ListSection[]} sections - up to 10 sections
 */

/**
 * A message with a list to choose from.
 * @typedef {Object} ListMessage
 * @public
 * @property {List} list - the list
 * @property {string} text - the text: up to 4,096 characters alone or with a list, up to 1,024 with anything else
 * @property {(string|HeaderFile)} header - above the text: up to 60 characters; with buttons, a link or a flow, it may be a file
 * @property {string} footer - below the text: up to 60 characters
 */

/**
 * A button that opens a web page.
 * @typedef {Object} Cta
 * @public
 * @property {string} label - up to 20 characters
 * @property {string} url - the page, an https:// URL
 */

/**
 * A message with a button that opens a web page.
 * @typedef {Object} CtaMessage
 * @public
 * @property {Cta} cta - the button
 * @property {string} text - the text: up to 4,096 characters alone or with a list, up to 1,024 with anything else
 * @property {(string|HeaderFile)} header - above the text: up to 60 characters; with buttons, a link or a flow, it may be a file
 * @property {string} footer - below the text: up to 60 characters
 */

/**
 * A button that opens a WhatsApp Flow, named by `id` or `name`.
 * @typedef {Object} Flow
 * @public
 * @property {string} id - the ID of the flow
 * @property {string} name - the name of the flow, instead of its ID
 * @property {string} cta - the label of the button, up to 30 characters
 * @property {string} screen - the first screen
 * @property {Object} data - data for the first screen
 * @property {string} token - returned with the response, to identify the message it belongs to
 * @property {('draft'|'published')} mode - `draft` for a flow that is not published
 * @property {('navigate'|'data_exchange')} action - `data_exchange` for a flow with an endpoint (default: `navigate`)
 */

/**
 * A message with a button that opens a WhatsApp Flow.
 * @typedef {Object} FlowMessage
 * @public
 * @property {Flow} flow - the flow
 * @property {string} text - the text: up to 4,096 characters alone or with a list, up to 1,024 with anything else
 * @property {(string|HeaderFile)} header - above the text: up to 60 characters; with buttons, a link or a flow, it may be a file
 * @property {string} footer - below the text: up to 60 characters
 */

/**
 * Requests the recipient's location.
 * @typedef {Object} LocationRequestMessage
 * @public
 * @property {boolean} requestLocation - always `true`
 * @property {string} text - the text: up to 4,096 characters alone or with a list, up to 1,024 with anything else
 */

/**
 * Requests the phone number of a user who hides it.
 * @typedef {Object} ContactInfoRequestMessage
 * @public
 * @property {boolean} requestContactInfo - always `true`
 * @property {string} text - the text: up to 4,096 characters alone or with a list, up to 1,024 with anything else
 */

/**
 * Requests permission to call the user.
 * @typedef {Object} CallPermissionRequestMessage
 * @public
 * @property {boolean} requestCallPermission - always `true`
 * @property {string} text - the text: up to 4,096 characters alone or with a list, up to 1,024 with anything else
 */

/**
 * A button that calls your business on WhatsApp. Calling must be enabled for the number.
 * @typedef {Object} CallButton
 * @public
 * @property {string} label - up to 20 characters (default: `Call Now`)
 * @property {number} ttlMinutes - how many minutes the button works: 1 to 43,200 (default: 10,080)
 * @property {string} payload - comes back in the `calls` webhook, up to 512 characters
 */

/**
 * A text with a button that calls your business.
 * @typedef {Object} CallMessage
 * @public
 * @property {CallButton} call - the button
 * @property {string} text - the text: up to 4,096 characters alone or with a list, up to 1,024 with anything else
 * @property {(string|HeaderFile)} header - above the text: up to 60 characters; with buttons, a link or a flow, it may be a file
 */

/**
 * A card of a carousel: a picture or a video, with a link or buttons. All cards must be alike.
 * @typedef {Object} CarouselCard
 * @public
 * @property {string} image - the https:// URL of a picture
 * @property {string} video - the https:// URL of a video
 * @property {string} text - up to 160 characters
 * @property {Cta} cta - a button that opens a web page
 * @property {Array<(string|ReplyButton)>} buttons - 1 to 3 buttons to answer with
 */

/**
 * Cards to swipe through.
 * @typedef {Object} CarouselMessage
 * @public
 * @property {CarouselCard[]} carousel - 2 to 10 cards
 * @property {string} text - the text: up to 4,096 characters alone or with a list, up to 1,024 with anything else
 */

/**
 * One product of a catalog.
 * @typedef {Object} ProductMessage
 * @public
 * @property {string} product - the retailer ID of the product
 * @property {string} catalogId - the ID of the catalog, which must be connected to the account
 * @property {string} text - the text: up to 4,096 characters alone or with a list, up to 1,024 with anything else
 * @property {string} footer - below the text: up to 60 characters
 */

/**
 * A part of a list of products.
 * @typedef {Object} ProductSection
 * @public
 * @property {string} title - up to 24 characters
 * @property {string[]} items - retailer IDs of products
 */

/**
 * Products of a catalog: up to 30 in 10 sections.
 * @typedef {Object} ProductList
 * @public
 * @property {string} catalogId - the ID of the catalog, which must be connected to the account
 * @property {ProductSection[]} sections - 1 to 10 sections
 */

/**
 * Several products of a catalog. The answer is an `order` message.
 * @typedef {Object} ProductsMessage
 * @public
 * @property {ProductList} products - the products
 * @property {string} text - the text: up to 4,096 characters alone or with a list, up to 1,024 with anything else
 * @property {(string|HeaderFile)} header - above the text: up to 60 characters; with buttons, a link or a flow, it may be a file
 * @property {string} footer - below the text: up to 60 characters
 */

/**
 * The picture of a catalog message.
 * @typedef {Object} CatalogThumbnail
 * @public
 * @property {string} thumbnail - the retailer ID of the product whose picture is shown
 */

/**
 * The whole catalog.
 * @typedef {Object} CatalogMessage
 * @public
 * @property {(boolean|CatalogThumbnail)} catalog - `true`, or which product is shown
 * @property {string} text - the text: up to 4,096 characters alone or with a list, up to 1,024 with anything else
 * @property {string} footer - below the text: up to 60 characters
 */

/**
 * Which address is requested.
 * @typedef {Object} AddressRequest
 * @public
 * @property {'IN'} country - always `IN`: addresses can be requested in India only
 * @property {Object} values - what is known already, in Meta's form: `{ name, phone_number, in_pin_code, city }`
 */

/**
 * Requests the user's address (India only).
 * @typedef {Object} AddressRequestMessage
 * @public
 * @property {AddressRequest} requestAddress - the country, and what is known
 * @property {string} text - the text: up to 4,096 characters alone or with a list, up to 1,024 with anything else
 * @property {string} footer - below the text: up to 60 characters
 */

/**
 * Pins a message in a group.
 * @typedef {Object} PinMessage
 * @public
 * @property {string} pin - the ID of the message
 * @property {number} days - for how many days: 1 to 30 (default: 7)
 */

/**
 * Unpins a message in a group.
 * @typedef {Object} UnpinMessage
 * @public
 * @property {string} unpin - the ID of the message
 */

/**
 * A location.
 * @typedef {Object} Location
 * @public
 * @property {number} latitude - -90 to 90
 * @property {number} longitude - -180 to 180
 * @property {string} name - its name, up to 100 characters
 * @property {string} address - its address, up to 300 characters; shown only if `name` is set
 */

/**
 * A location on the map.
 * @typedef {Object} LocationMessage
 * @public
 * @property {Location} location - the location
 */

/**
 * The name of a contact: `formatted_name` and at least one more part.
 * @typedef {Object} ContactName
 * @public
 * @property {string} formatted_name - the full name, as shown to the recipient
 * @property {string} first_name - the first name
 * @property {string} last_name - the last name
 */

/**
 * A phone number of a contact.
 * @typedef {Object} ContactPhone
 * @public
 * @property {string} phone - the number, as shown to the recipient
 * @property {string} type - such as `CELL` or `WORK`
 * @property {string} wa_id - the WhatsApp number, digits only: adds a button to message it
 */

/**
 * A contact card, in Meta's format.
 * @typedef {Object} Contact
 * @public
 * @property {ContactName} name - the name
 * @property {ContactPhone[]} phones - phone numbers
 * @property {Object[]} emails - email addresses, as `{ email, type }`
 * @property {Object} org - as `{ company, department, title }`
 * @property {string} birthday - such as `1990-01-31`
 * @property {Object[]} addresses - as `{ street, city, zip, country }`
 * @property {Object[]} urls - as `{ url, type }`
 */

/**
 * Contact cards.
 * @typedef {Object} ContactsMessage
 * @public
 * @property {Contact[]} contacts - the cards
 */

/**
 * An emoji reaction to a message.
 * @typedef {Object} ReactionMessage
 * @public
 * @property {string} reaction - one emoji; an empty string removes it
 * @property {string} messageId - the ID of the message
 */

/**
 * Any message in Meta's format: `{ type: 'text', text: { body: 'Hi' } }`.
 * @typedef {Object} MetaMessage
 * @public
 * @property {string} type - such as `interactive`; the message has a field of this name
 * @property {Object} interactive - buttons, lists and the like, in Meta's format
 */

/**
 * A message: a string, one of the objects below, or Meta's format with its `type`.
 * See [Meta's documentation of messages](https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages).
 *
 * One of: `string`, `TextMessage`, `ImageMessage`, `VideoMessage`, `AudioMessage`, `DocumentMessage`, `StickerMessage`, `ButtonsMessage`, `ListMessage`, `CtaMessage`, `FlowMessage`, `LocationRequestMessage`, `ContactInfoRequestMessage`, `CallPermissionRequestMessage`, `CallMessage`, `CarouselMessage`, `ProductMessage`, `ProductsMessage`, `CatalogMessage`, `AddressRequestMessage`, `LocationMessage`, `ContactsMessage`, `ReactionMessage`, `PinMessage`, `UnpinMessage`, `MetaMessage`.
 * @typedef {(string|TextMessage|ImageMessage|VideoMessage|AudioMessage|DocumentMessage|StickerMessage|ButtonsMessage|ListMessage|CtaMessage|FlowMessage|LocationRequestMessage|ContactInfoRequestMessage|CallPermissionRequestMessage|CallMessage|CarouselMessage|ProductMessage|ProductsMessage|CatalogMessage|AddressRequestMessage|LocationMessage|ContactsMessage|ReactionMessage|PinMessage|UnpinMessage|MetaMessage)} Message
 * @public
 */

/**
 * An amount of money, formatted in the language of the template.
 * @typedef {Object} CurrencyValue
 * @public
 * @property {string} currency - such as `KES`
 * @property {number} amount - such as 1250.5
 */

/**
 * A date, formatted in the language of the template.
 * @typedef {Object} DateValue
 * @public
 * @property {*} date - a day (`2026-05-05`), a moment (`2026-05-05T10:00:00Z`) or a Date
 * @property {string} timeZone - the time zone, such as `Africa/Nairobi`; required if the date includes a time
 * @property {('full'|'long'|'medium'|'short')} dateStyle - the format of the date (default: `long`)
 * @property {('full'|'long'|'medium'|'short')} timeStyle - the format of the time (default: `short`)
 */

/**
 * An authentication code.
 * @typedef {Object} OtpValue
 * @public
 * @property {(string|number)} otp - the code, up to 15 characters; used in both the body and the button
 */

/**
 * A group, in a template that invites to it.
 * @typedef {Object} GroupValue
 * @public
 * @property {string} group - the ID of the group
 */

/**
 * A value of a template: a string, a number, a date, an amount of money, an authentication code or a group.
 *
 * One of: `string`, `number`, `boolean`, `CurrencyValue`, `DateValue`, `OtpValue`, `GroupValue`.
 * @typedef {(string|number|boolean|CurrencyValue|DateValue|OtpValue|GroupValue)} TemplateValue
 * @public
 */

/**
 * Values by the names of the variables.
 * @typedef {Object} TemplateValues
 * @public
 */

/**
 * The header of a template: one of these, or one value by the name of its variable.
 * @typedef {Object} TemplateHeader
 * @public
 * @property {string} image - the ID of an uploaded file or an https:// URL
 * @property {string} video - the same
 * @property {string} document - the same
 * @property {string} filename - the name of the document
 * @property {Location} location - a location
 * @property {string} gif - a GIF (an mp4 of up to 3.5 MB); marketing messages only
 * @property {string} product - the retailer ID of a product, with `catalogId`
 * @property {string} catalogId - the ID of the catalog of `product`
 */

/**
 * The value of a template button: one of these.
 * @typedef {Object} TemplateButton
 * @public
 * @property {string} url - the variable end of the button URL
 * @property {string} payload - the payload returned in the webhook when a quick reply is tapped, up to 256 characters
 * @property {string} code - a coupon code, up to 20 characters; more than 15 may be rejected
 * @property {(string|number)} otp - an authentication code, up to 15 characters
 * @property {FlowButtonData} flow - data for a flow
 * @property {(boolean|string)} catalog - the catalog: `true`, or the retailer ID of the product whose picture is shown
 * @property {ButtonProducts} products - products of the catalog
 * @property {ButtonCall} call - a call button
 */

/**
 * A card of a carousel template.
 * @typedef {Object} TemplateCard
 * @public
 * @property {TemplateHeader} header - a file: `{ image }` or `{ video }`, or `{ product, catalogId }`
 * @property {(TemplateValue[]|TemplateValues)} body - fills the variables of the card's text
 * @property {Array<(TemplateButton|null)>} buttons - fills the card's buttons, by position
 */

/**
 * A limited-time offer.
 * @typedef {Object} TemplateOffer
 * @public
 * @property {*} expires - when it ends: a moment, such as `2026-12-24T18:00:00Z`
 */

/**
 * A title over the picture of a template, which opens a URL.
 * @typedef {Object} TapTarget
 * @public
 * @property {string} url - an https:// URL
 * @property {string} title - the title
 */

/**
 * Data for a flow button.
 * @typedef {Object} FlowButtonData
 * @public
 * @property {string} token - comes back with the answers
 * @property {Object} data - data for the first screen
 */

/**
 * Products of a button.
 * @typedef {Object} ButtonProducts
 * @public
 * @property {string} thumbnail - the retailer ID of the product whose picture is shown
 * @property {ProductSection[]} sections - 1 to 10 sections
 */

/**
 * A call button.
 * @typedef {Object} ButtonCall
 * @public
 * @property {number} ttlMinutes - how many minutes the button works: 1 to 43,200
 * @property {string} payload - comes back in the `calls` webhook
 */

/**
 * An approved template.
 * See [Meta's documentation of templates](https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview).
 * @typedef {Object} TemplateMessage
 * @public
 * @property {string} name - the name of the template
 * @property {(string|string[])} language - its language as approved, such as `sw` or `pt_BR` (default: `en_US`), or a list of languages, of which the first approved one is sent
 * @property {*} values - values by the names of the variables, such as a whole row: `values: $.data`; instead of `body`, with `wabaId` in the credential
 * @property {(TemplateValue[]|TemplateValues)} body - the values for the body: an array for `{{1}}`, `{{2}}`, an object for `{{name}}`
 * @property {(TemplateValue|TemplateHeader|TemplateValue[])} header - the value for the header, or an object
 * @property {Array<(TemplateButton|null)>} buttons - the values for the buttons, by position; `null` skips a button
 * @property {TemplateCard[]} cards - the cards of a carousel, as many as the template has
 * @property {TemplateOffer} offer - the end of a limited-time offer
 * @property {TapTarget} tapTarget - a title over the picture that opens a URL, for accounts that Meta has approved
 * @property {Object[]} components - other components, such as payments, in Meta's format
 * @property {string} namespace - required by the On-Premise API only
 */

/**
 * A template: its name, or an object.
 *
 * One of: `string`, `TemplateMessage`.
 * @typedef {(string|TemplateMessage)} Template
 * @public
 */

/**
 * Options of `sendMessage()` and `sendTemplate()`.
 * @typedef {Object} SendOptions
 * @public
 * @property {string} replyTo - the ID of the message to reply to, which is quoted
 * @property {string} reference - your own ID, up to 512 characters, included in status webhooks. Every app subscribed to the account can see it: don't include sensitive data
 * @property {string} phoneNumberId - the ID of the sending phone number (default: from the row you reply to, or from the credential)
 * @property {boolean} checkText - `false` allows texts with `undefined`, `NaN`, `{{…}}` and similar
 * @property {boolean} dryRun - send nothing; put the request that would be sent in `state.data`
 * @property {number} timeout - milliseconds to wait for the response: 1,000 or more (default: 30,000)
 * @property {string} identityKeyHash - the identity of the recipient, from a row of `parseWebhook()`: delivered only if it is still the same. For results of a medical test
 * @property {('utility'|'authentication'|'service')} category - Direct Send: a message outside the 24-hour window without a template, if Meta has enabled it for the account
 * @property {number} ttlSeconds - Direct Send: how long the message waits for a phone that is off: 30 to 43,200 seconds (utility) or 900 (authentication)
 * @property {string} templateName - Direct Send: the name of the template that Meta makes (utility)
 * @property {*} marketing - templates: sends by the Marketing Messages API: `true`, `'auto'` for templates of the category marketing only (requires `wabaId`), or `{ productPolicy, messageActivitySharing }`
 */

/**
 * Options of operations that use one of your phone numbers.
 * @typedef {Object} NumberOptions
 * @public
 * @property {string} phoneNumberId - the ID of the phone number (default: from the given row, or from the credential)
 */

/**
 * Options of `markAsRead()`.
 * @typedef {Object} MarkAsReadOptions
 * @public
 * @property {boolean} typing - also show the typing indicator, for up to 25 seconds
 * @property {string} phoneNumberId - the ID of the phone number that received the message (default: from the given row, or from the credential)
 */

/**
 * A message for each item of a list: these fields, and those of a `Message` or a `template`. `$.data` is the item and `$.index` its index.
 * @typedef {Object} BulkMessage
 * @public
 * @property {Recipient} to - the recipient
 * @property {Template} template - a template, instead of the fields of a message
 * @property {string} reference - your own ID, included in the report and in status webhooks
 * @property {string} replyTo - the ID of the message to reply to
 * @property {string} phoneNumberId - the ID of the sending phone number
 * @property {string} text - as in a message
 * @property {boolean} previewUrl - as in a message
 * @property {string} image - as in a message
 * @property {string} video - as in a message
 * @property {string} audio - as in a message
 * @property {boolean} voice - as in a message
 * @property {string} document - as in a message
 * @property {string} filename - as in a message
 * @property {string} sticker - as in a message
 * @property {string} caption - as in a message
 * @property {Array<(string|ReplyButton|Cta)>} buttons - as in a message
 * @property {List} list - as in a message
 * @property {Cta} cta - as in a message
 * @property {Flow} flow - as in a message
 * @property {boolean} requestLocation - as in a message
 * @property {(string|HeaderFile)} header - as in a message
 * @property {string} footer - as in a message
 * @property {Location} location - as in a message
 * @property {Contact[]} contacts - as in a message
 * @property {boolean} requestContactInfo - as in a message
 * @property {boolean} requestCallPermission - as in a message
 * @property {AddressRequest} requestAddress - as in a message
 * @property {CallButton} call - as in a message
 * @property {CarouselCard[]} carousel - as in a message
 * @property {string} product - as in a message
 * @property {string} catalogId - as in a message
 * @property {ProductList} products - as in a message
 * @property {(boolean|CatalogThumbnail)} catalog - as in a message
 * @property {string} identityKeyHash - the identity of the recipient, from a row of `parseWebhook()`
 * @property {*} marketing - as in the options
 */

/**
 * Options of `sendBulk()`.
 * @typedef {Object} BulkOptions
 * @public
 * @property {(number|'auto')} rate - messages per second of each sending phone number (default: 80; On-Premise: 50; a number that is also used in the WhatsApp Business app is limited to 20); `'auto'` reads the limit of the number first (Cloud API)
 * @property {number} concurrency - concurrent requests (default: as many as the rate requires)
 * @property {number} timeLimit - time limit in seconds: the rest is listed in `unsent`, so that the report is saved before the run is killed
 * @property {('full'|'problems')} report - `full` (default), or `problems` for very long lists: accepted messages are only counted
 * @property {Array} skip - recipients to skip, such as opt-outs: numbers, or rows with `from` or `userId`; they are listed in `skipped` with `because: 'skip'`
 * @property {*} previous - the report of an earlier run, or several: a row whose `reference` was accepted, is unknown, or failed permanently is not sent again, and is listed in `skipped`. A row whose message couldn't be built is sent once its data is corrected. Every row needs a `reference`. For the first run, use `[]`
 * @property {string} phoneNumberId - the ID of the sending phone number (default: from the row you reply to, or from the credential)
 * @property {boolean} sameRecipient - `true` allows the same `to` for all items
 * @property {boolean} checkText - `false` allows texts with `undefined`, `NaN`, `{{…}}` and similar
 * @property {boolean} dryRun - send nothing; put the requests in `state.data`
 * @property {Operation} checkpoint - an operation that saves what is about to be sent and what became of it, such as `collections.set('campaign', …)`: it runs before and after each `chunk` with `$.data = [{ key, value: { status, id } }]`. If it fails, the list stops. Every row needs a `reference`; give the saved records as `previous` to the next run
 * @property {number} chunk - how many rows a checkpoint announces at a time (default: 500)
 * @property {string} identityKeyHash - the identity of the recipient, from a row of `parseWebhook()`: delivered only if it is still the same. For results of a medical test
 * @property {('utility'|'authentication'|'service')} category - Direct Send: a message outside the 24-hour window without a template, if Meta has enabled it for the account
 * @property {number} ttlSeconds - Direct Send: how long the message waits for a phone that is off: 30 to 43,200 seconds (utility) or 900 (authentication)
 * @property {string} templateName - Direct Send: the name of the template that Meta makes (utility)
 * @property {*} marketing - templates: sends by the Marketing Messages API: `true`, `'auto'` for templates of the category marketing only (requires `wabaId`), or `{ productPolicy, messageActivitySharing }`
 */

/**
 * An item of the list.
 * @typedef {Object} BulkRow
 * @public
 * @property {number} index - its index in the list, from 0
 * @property {*} to - the recipient: the number as sent, or as given
 * @property {string} reference - your own ID
 */

/**
 * A message accepted by WhatsApp. Status webhooks report its delivery.
 * @typedef {Object} AcceptedRow
 * @public
 * @property {string} id - the ID of the message
 * @property {string} waId - the WhatsApp number, with `+`
 * @property {string} messageStatus - Meta's word, such as `held_for_quality_assessment` or `paused`, if it holds the message back
 * @property {number} index - its index in the list, from 0
 * @property {*} to - the recipient: the number as sent, or as given
 * @property {string} reference - your own ID
 */

/**
 * A message that failed, or whose outcome is unknown.
 * @typedef {Object} FailedRow
 * @public
 * @property {ErrorInfo} error - the error
 * @property {number} index - its index in the list, from 0
 * @property {*} to - the recipient: the number as sent, or as given
 * @property {string} reference - your own ID
 */

/**
 * A skipped item.
 * @typedef {Object} SkippedRow
 * @public
 * @property {string} because - the reason, such as `skip`
 * @property {ErrorInfo} error - the error, if any
 * @property {number} index - its index in the list, from 0
 * @property {*} to - the recipient: the number as sent, or as given
 * @property {string} reference - your own ID
 */

/**
 * Why messages failed, or why it is unknown whether they were sent.
 * @typedef {Object} BulkReason
 * @public
 * @property {(string|number)} code - Meta's code, or one of the adaptor's own
 * @property {string} description - what happened
 * @property {string} fix - what to do about it
 * @property {number} count - how many rows
 * @property {number[]} rows - the first ten rows, by their place in the list
 */

/**
 * The number of messages by outcome.
 * @typedef {Object} BulkSummary
 * @public
 * @property {number} total - items of the list
 * @property {number} accepted - accepted by WhatsApp
 * @property {number} failed - rejected by the API, or the message couldn't be built
 * @property {number} unknown - unknown whether they were sent
 * @property {number} unsent - not attempted
 * @property {number} skipped - skipped by `skip` or `previous`
 * @property {*} messageStatus - how many accepted messages Meta holds back, by its word for it
 * @property {BulkReason[]} reasons - why messages failed or are unknown, most frequent first
 * @property {number} seconds - the duration in seconds
 * @property {number} messagesPerSecond - the average rate
 * @property {string} stopped - why the list stopped early: the time limit, or an account error
 */

/**
 * The outcome of each item: every item is in exactly one of the lists.
 * @typedef {Object} BulkReport
 * @public
 * @property {AcceptedRow[]} accepted - accepted by WhatsApp
 * @property {FailedRow[]} failed - not sent
 * @property {FailedRow[]} unknown - unknown whether they were sent; never retried automatically
 * @property {BulkRow[]} unsent - not attempted
 * @property {SkippedRow[]} skipped - skipped by the options `skip` and `previous`
 * @property {BulkSummary} summary - the counts
 */

/**
 * A file: a base64 string, a data URI, an https:// URL, bytes (a Buffer) or a stream.
 * @typedef {(string|Uint8Array|AsyncIterable<Uint8Array>)} File
 * @public
 */

/**
 * A received or uploaded file: its ID, or a row from `parseWebhook()` or its `media`.
 *
 * One of: `string`, `MessageRow`, `MediaRow`.
 * @typedef {(string|MessageRow|MediaRow)} MediaSource
 * @public
 */

/**
 * Options of `uploadMedia()`.
 * @typedef {Object} UploadOptions
 * @public
 * @property {string} type - the MIME type (default: from the data URI, the web server or the content)
 * @property {string} filename - the filename (default: from the server or the URL)
 * @property {Object} headers - for a URL: headers for its server, such as `Authorization`; they are not sent to other hosts
 * @property {string} phoneNumberId - the ID of the phone number that will send it (default: from the credential)
 * @property {number} timeout - milliseconds for the whole upload (default: 300,000)
 */

/**
 * Options of `downloadMedia()`.
 * @typedef {Object} DownloadOptions
 * @public
 * @property {('base64'|'text'|'stream')} as - `base64` (default), `text`, or `stream`, for another operation in the same job
 * @property {number} maxBytes - the maximum file size in bytes (default: 26,214,400, which is 25 MB)
 * @property {string} phoneNumberId - the ID of the phone number that received it (default: from the given row, or from the credential)
 * @property {number} timeout - milliseconds for the whole download (default: 300,000)
 */

/**
 * Options of `get()`, `post()`, `del()` and `request()`.
 * @typedef {Object} RequestOptions
 * @public
 * @property {Object} query - query parameters; arrays and objects are sent as JSON
 * @property {Object} headers - additional headers
 * @property {('json'|'text'|'base64')} parseAs - how to read the response (default: `json`)
 * @property {number} timeout - milliseconds to wait for the response (default: 30,000; with a form 300,000)
 * @property {Object} form - the fields of a form, sent as multipart/form-data instead of a body; a file is `{ content, filename, type }`
 */

/**
 * A file in the option `form`.
 * @typedef {Object} FormFile
 * @public
 * @property {*} content - the content: a string for text and JSON, base64 for other types; or a data URI, an https:// URL, a Buffer or a stream
 * @property {string} filename - the file name
 * @property {string} type - the MIME type, such as `application/json`
 */

/**
 * A flow for `createFlow()`.
 * @typedef {Object} FlowDefinition
 * @public
 * @property {string} name - the name
 * @property {string[]} categories - at least one of `SIGN_UP`, `SIGN_IN`, `APPOINTMENT_BOOKING`, `LEAD_GENERATION`, `CONTACT_US`, `CUSTOMER_SUPPORT`, `SURVEY` and `OTHER`
 * @property {*} json - the JSON of the flow, as an object or a string of up to 10 MB
 * @property {boolean} publish - publish it at once; this can't be undone
 * @property {string} cloneFlowId - copy the JSON of this flow
 * @property {string} endpointUri - the URL of your server, for a flow with an endpoint
 */

/**
 * The changes for `updateFlow()`.
 * @typedef {Object} FlowChanges
 * @public
 * @property {string} name - the name
 * @property {string[]} categories - all categories, including those that don't change
 * @property {*} json - the JSON of the flow, as an object or a string of up to 10 MB; only for a flow that is not published
 * @property {string} endpointUri - the URL of your server, for a flow with an endpoint
 * @property {string} applicationId - the ID of the Meta app that the flow belongs to
 */

/**
 * Options of `getFlow()`.
 * @typedef {Object} FlowOptions
 * @public
 * @property {(string|string[])} fields - which fields to read
 */

/**
 * The query of `listFlows()`.
 * @typedef {Object} FlowQuery
 * @public
 * @property {(string|string[])} fields - which fields to read
 * @property {number} limit - flows per page; all pages are read
 */

/**
 * Filters of `listTemplates()`: a template must match all of them.
 * @typedef {Object} TemplateQuery
 * @public
 * @property {string} name - part of the name
 * @property {string} language - the language, such as `sw` or `pt_BR`
 * @property {('APPROVED'|'PENDING'|'REJECTED'|'PAUSED'|'DISABLED')} status - the status
 * @property {('UTILITY'|'MARKETING'|'AUTHENTICATION')} category - the category
 * @property {string} content - part of the text
 * @property {string} name_or_content - part of the name or the text
 * @property {('GREEN'|'YELLOW'|'RED'|'UNKNOWN')} quality_score - the quality rating
 * @property {(string|string[])} fields - the fields to read, such as `id,name,status`
 * @property {number} limit - templates per page (default: 100); all pages are read
 */

/**
 * Options of `getTemplate()`.
 * @typedef {Object} GetTemplateOptions
 * @public
 * @property {string} language - the language of the template, such as `sw`
 * @property {(string|string[])} fields - which fields to read
 */

/**
 * A template definition in Meta's format.
 * @typedef {Object} TemplateDefinition
 * @public
 * @property {string} name - up to 512 lowercase letters, digits and underscores
 * @property {string} language - its language, such as `sw` or `pt_BR`
 * @property {('UTILITY'|'MARKETING'|'AUTHENTICATION')} category - the category
 * @property {Object[]} components - `BODY` (up to 1,024 characters), and optionally `HEADER` (60), `FOOTER` (60) and `BUTTONS` (up to 10)
 * @property {('positional'|'named')} parameter_format - `positional` for `{{1}}`, `named` for `{{name}}`; filled in if you leave it out
 * @property {number} message_send_ttl_seconds - how long to try to deliver a message, in seconds: 30 to 900 for authentication, 30 to 43,200 for utility, 43,200 to 2,592,000 for marketing
 */

/**
 * The changes for `updateTemplate()`.
 * @typedef {Object} TemplateChanges
 * @public
 * @property {Object[]} components - all components, including those that don't change
 * @property {('UTILITY'|'MARKETING'|'AUTHENTICATION')} category - the category; can't be changed for an approved template
 * @property {number} message_send_ttl_seconds - how long to try to deliver a message, in seconds
 */

/**
 * Options of `waitForTemplate()`.
 * @typedef {Object} WaitOptions
 * @public
 * @property {string} language - the language of the template, such as `sw`
 * @property {number} timeout - seconds to wait (default: 600)
 */

/**
 * Options of `deleteTemplate()`.
 * @typedef {Object} DeleteTemplateOptions
 * @public
 * @property {string} language - delete only the template in this language
 * @property {string} id - delete only the template with this ID
 */

/**
 * The query of `listPhoneNumbers()`.
 * @typedef {Object} PhoneNumberQuery
 * @public
 * @property {(string|string[])} fields - the fields to read
 * @property {Object[]} filtering - filters in Meta's format, such as `[{ field: 'account_mode', operator: 'EQUAL', value: 'LIVE' }]`
 * @property {string[]} sort - such as `['creation_time_descending']`
 * @property {number} limit - numbers per page (default: 100); all pages are read
 */

/**
 * Options of `getPhoneNumber()`.
 * @typedef {Object} PhoneNumberOptions
 * @public
 * @property {string} id - the ID of the phone number (default: `phoneNumberId` of the credential)
 * @property {(string|string[])} fields - which fields to read
 */

/**
 * Options of `getBusinessProfile()`.
 * @typedef {Object} BusinessProfileOptions
 * @public
 * @property {string} phoneNumberId - the ID of the phone number (default: from the credential)
 * @property {(string|string[])} fields - which fields to read
 */

/**
 * The business profile that users see.
 * @typedef {Object} BusinessProfile
 * @public
 * @property {string} about - 1 to 139 characters
 * @property {string} address - up to 256 characters
 * @property {string} description - up to 512 characters
 * @property {string} email - up to 128 characters
 * @property {(string|string[])} websites - up to 2 URLs of up to 256 characters
 * @property {string} vertical - the kind of business, such as `HEALTH`, `GOVT`, `NONPROFIT` or `EDU`
 * @property {string} profile_picture_handle - the photo: a handle from `uploadFileHandle()`
 */

/**
 * The kinds of `getAnalytics()`.
 * @typedef {('messaging'|'conversation'|'pricing'|'template')} AnalyticsKind
 * @public
 */

/**
 * The date range of `getAnalytics()`, and filters with Meta's names.
 * @typedef {Object} AnalyticsQuery
 * @public
 * @property {*} start - the first day (`2026-05-01`), a moment (`2026-05-01T10:00:00Z`), or seconds since 1970
 * @property {*} end - the last day (inclusive), or a moment (exclusive)
 * @property {string} timeZone - time zone of the `start` and `end` dates, such as `Africa/Nairobi` (default: UTC); for templates, Meta uses days in UTC, or in the account's time zone with `use_waba_timezone`
 * @property {('HALF_HOUR'|'DAY'|'MONTH')} granularity - the length of a data point (default: `DAY`); templates support only days
 * @property {string[]} phone_numbers - only these of your phone numbers; not for templates
 * @property {string[]} country_codes - only these countries, such as `['KE']`; not for templates
 * @property {number[]} product_types - `messaging`: 0 for notifications, 2 for customer support
 * @property {string[]} metric_types - `conversation`: `COST`, `CONVERSATION`; `pricing`: `COST`, `VOLUME`; `template`: `sent`, `delivered`, `read`, `clicked`, `cost`
 * @property {string[]} dimensions - dimensions to group by: `conversation`: `CONVERSATION_CATEGORY`, `CONVERSATION_DIRECTION`, `CONVERSATION_TYPE`, `COUNTRY`, `PHONE`; `pricing`: `COUNTRY`, `PHONE`, `PRICING_CATEGORY`, `PRICING_TYPE`, `TIER`
 * @property {string[]} conversation_categories - `conversation`: only these categories
 * @property {string[]} conversation_types - `conversation`: `FREE_ENTRY`, `FREE_TIER`, `REGULAR`
 * @property {string[]} conversation_directions - `conversation`: `BUSINESS_INITIATED`, `USER_INITIATED`
 * @property {string[]} pricing_types - `pricing`: `FREE_CUSTOMER_SERVICE`, `FREE_ENTRY_POINT`, `REGULAR`
 * @property {string[]} pricing_categories - `pricing`: such as `MARKETING`, `UTILITY` and `AUTHENTICATION`
 * @property {string[]} tiers - `pricing`: only these tiers
 * @property {string[]} template_ids - `template`: the IDs of 1 to 10 templates
 * @property {string} product_type - `template`: the API used to send them
 * @property {boolean} use_waba_timezone - `template`: use days in the account's time zone
 */

/**
 * Options of `listBlockedUsers()`.
 * @typedef {Object} BlockedUsersQuery
 * @public
 * @property {number} limit - users per page (default: 100); all pages are read
 */

/**
 * Options of `checkContacts()`.
 * @typedef {Object} CheckContactsOptions
 * @public
 * @property {boolean} blocking - wait until all numbers are checked (default: true)
 * @property {boolean} forceCheck - ignore the server's 7-day cache; overuse can get the number banned
 */

/**
 * Options of `subscribeWebhook()`.
 * @typedef {Object} SubscribeOptions
 * @public
 * @property {string} callbackUrl - the callback URL: an https:// URL of up to 200 characters
 * @property {string} verifyToken - a token of your choice, which Meta sends to verify the callback URL
 * @property {string} phoneNumberId - the ID of one of your phone numbers, whose webhooks go to the callback URL; without it, the webhooks of the whole account do
 */

/**
 * Options of `parseWebhook()`.
 * @typedef {Object} ParseWebhookOptions
 * @public
 * @property {(string|Uint8Array)} rawBody - the raw body, byte for byte, if a proxy in front of OpenFn keeps it; if left out, the signature is checked against each encoding that Meta uses
 * @property {boolean} requireSignature - reject a webhook without a signature; requires `appSecret`
 * @property {boolean} verifySignature - `false` skips the signature check, for bodies rewritten by a proxy in front of OpenFn
 */

/**
 * An error and its fix.
 * @typedef {Object} ErrorInfo
 * @public
 * @property {(string|number)} code - Meta's code, or one of the adaptor's own, such as `INVALID_RECIPIENT`
 * @property {string} message - the code, the description and the details
 * @property {string} description - what happened
 * @property {string} fix - how to fix it
 * @property {string} details - details from Meta
 * @property {boolean} retryable - whether the same message may succeed later
 */

/**
 * The file of a message, for `downloadMedia()`.
 * @typedef {Object} MediaRow
 * @public
 * @property {string} id - the ID of the file
 * @property {string} mimeType - its MIME type
 * @property {string} sha256 - its SHA-256
 * @property {string} filename - the filename of a document
 * @property {string} caption - the caption
 * @property {boolean} voice - `true` if it is a voice message
 * @property {boolean} animated - `true` if it is an animated sticker
 * @property {string} url - its URL, if the webhook includes it
 * @property {string} phoneNumberId - the ID of your phone number that received it
 */

/**
 * What a user tapped or filled in.
 * @typedef {Object} Reply
 * @public
 * @property {string} type - `button_reply`, `list_reply`, `button` (of a template), `nfm_reply` (a flow) or `call_permission_reply`
 * @property {string} id - the ID of the button or row, or the payload
 * @property {string} title - its title
 * @property {string} description - the description of the row
 * @property {string} name - for a flow: its name
 * @property {*} data - for a flow: the response, with keys as named in the flow
 */

/**
 * Your phone number that received or sent a row.
 * @typedef {Object} OwnNumber
 * @public
 * @property {string} phoneNumberId - the ID of your phone number
 * @property {string} displayPhoneNumber - that number, with `+`
 * @property {string} wabaId - the WhatsApp Business Account of that number
 * @property {string} entryTimestamp - when Meta created the webhook, if included
 * @property {boolean} standby - `true` while Meta's Business Agent handles the chat
 */

/**
 * The user that a row is about.
 * @typedef {Object} Person
 * @public
 * @property {string} userId - the business-scoped user ID (BSUID), which can be used as a recipient
 * @property {string} parentUserId - the parent BSUID, if the account has one
 * @property {string} username - the username
 * @property {string} country - the country, such as `KE`, if Meta includes it
 * @property {string} identityKeyHash - the identity hash, if identity checks are on for the number
 * @property {string} name - the profile name
 * @property {*} contact - the contact as delivered
 */

/**
 * An incoming message. Fields that it doesn't have are left out.
 * @typedef {Object} MessageRow
 * @public
 * @property {string} id - the ID of the message, for `replyTo` and `markAsRead()`
 * @property {string} timestamp - when it was sent, such as `2026-05-05T10:00:00.000Z`
 * @property {string} from - the sender's number, with `+`; missing if the sender hides it
 * @property {string} to - in `echoes` and `history`: the recipient of a message that your business sent
 * @property {string} groupId - the ID of the group it was sent to
 * @property {'out'} direction - `out` in `echoes` and `history`, if your business sent it
 * @property {boolean} history - `true` in `history`
 * @property {string} type - `text`, `image`, `interactive`, `button` and so on, with Meta's names
 * @property {string} text - the text that a user would read, for any type: the text, a caption, the title of a button; may be empty
 * @property {MediaRow} media - a file
 * @property {Reply} reply - what was tapped or filled in
 * @property {*} location - `{ latitude, longitude, name, address }`
 * @property {Array} contacts - contact cards, in Meta's format
 * @property {*} reaction - `{ messageId, emoji }`; the emoji is empty if the reaction was removed
 * @property {*} order - an order from the catalog
 * @property {*} context - the message that it replies to: `{ from, id }`, or `{ forwarded: true }`
 * @property {*} referral - the ad that the sender came from
 * @property {string} edits - the ID of the message that this one edits
 * @property {string} deletes - the ID of the message that the sender deleted
 * @property {string} unsupported - its type, such as `poll`, if the API doesn't deliver the content
 * @property {ErrorInfo[]} errors - its errors
 * @property {*} content - the message as delivered
 * @property {string} phoneNumberId - the ID of your phone number
 * @property {string} displayPhoneNumber - that number, with `+`
 * @property {string} wabaId - the WhatsApp Business Account of that number
 * @property {string} entryTimestamp - when Meta created the webhook, if included
 * @property {boolean} standby - `true` while Meta's Business Agent handles the chat
 * @property {string} userId - the business-scoped user ID (BSUID), which can be used as a recipient
 * @property {string} parentUserId - the parent BSUID, if the account has one
 * @property {string} username - the username
 * @property {string} country - the country, such as `KE`, if Meta includes it
 * @property {string} identityKeyHash - the identity hash, if identity checks are on for the number
 * @property {string} name - the profile name
 * @property {*} contact - the contact as delivered
 */

/**
 * The status of a message that you sent. Statuses may arrive late, twice or out of order.
 * @typedef {Object} StatusRow
 * @public
 * @property {string} id - the ID of the message, from the response of `sendMessage()`
 * @property {string} status - `sent`, `delivered`, `read`, `played` or `failed`
 * @property {number} rank - the order of the status, since statuses can arrive out of order: `sent` 1, `delivered` 2, `read` 3, `played` 4, `failed` 5
 * @property {string} timestamp - when it happened
 * @property {string} to - the recipient's number, with `+`, or the ID of the group
 * @property {string} groupId - the ID of the group, if it was sent to one
 * @property {string} participant - the participant of the group: a number or a BSUID
 * @property {string} reference - your own ID, as set when you sent the message
 * @property {string} templateId - the ID of the template that was used
 * @property {string} messageStatus - Meta's message status, if Meta is holding the message
 * @property {*} conversation - the conversation that it belongs to
 * @property {*} pricing - the pricing details
 * @property {ErrorInfo} error - why it failed; always set if it failed
 * @property {ErrorInfo[]} errors - all errors, the first being `error`
 * @property {*} content - the status as delivered
 * @property {string} phoneNumberId - the ID of your phone number
 * @property {string} displayPhoneNumber - that number, with `+`
 * @property {string} wabaId - the WhatsApp Business Account of that number
 * @property {string} entryTimestamp - when Meta created the webhook, if included
 * @property {boolean} standby - `true` while Meta's Business Agent handles the chat
 * @property {string} userId - the business-scoped user ID (BSUID), which can be used as a recipient
 * @property {string} parentUserId - the parent BSUID, if the account has one
 * @property {string} username - the username
 * @property {string} country - the country, such as `KE`, if Meta includes it
 * @property {string} identityKeyHash - the identity hash, if identity checks are on for the number
 * @property {string} name - the profile name
 * @property {*} contact - the contact as delivered
 */

/**
 * The identifiers of a user.
 * @typedef {Object} PersonIds
 * @public
 * @property {string} number - the number, with `+`
 * @property {string} userId - the business-scoped user ID (BSUID)
 */

/**
 * A change of a user's identifiers.
 * @typedef {Object} PersonChange
 * @public
 * @property {string} kind - `number`, `userId` or `identity`
 * @property {PersonIds} from - before
 * @property {PersonIds} to - after
 * @property {string} identityKeyHash - the new identity
 */

/**
 * Any other webhook data: template, account and call events, and data that couldn't be parsed.
 * @typedef {Object} EventRow
 * @public
 * @property {string} field - what it is about, such as `message_template_status_update`; `malformed` if Meta doesn't include it
 * @property {*} value - what happened, as delivered
 * @property {string} timestamp - when it happened
 * @property {string} kind - `optOut` or `optIn`, if a user stops or resumes marketing messages
 * @property {string} from - that user's number, with `+`
 * @property {string} to - the number that an outgoing call or message went to
 * @property {'out'} direction - `out` if your business did it
 * @property {PersonChange} change - a system change: a new number, ID or identity
 * @property {string} groupId - the group
 * @property {string} requestId - the ID of the request that it responds to
 * @property {MediaRow} media - a file
 * @property {ErrorInfo[]} errors - the errors
 * @property {string} phoneNumberId - the ID of your phone number
 * @property {string} displayPhoneNumber - that number, with `+`
 * @property {string} wabaId - the WhatsApp Business Account of that number
 * @property {string} entryTimestamp - when Meta created the webhook, if included
 * @property {boolean} standby - `true` while Meta's Business Agent handles the chat
 * @property {string} userId - the business-scoped user ID (BSUID), which can be used as a recipient
 * @property {string} parentUserId - the parent BSUID, if the account has one
 * @property {string} username - the username
 * @property {string} country - the country, such as `KE`, if Meta includes it
 * @property {string} identityKeyHash - the identity hash, if identity checks are on for the number
 * @property {string} name - the profile name
 * @property {*} contact - the contact as delivered
 */

/**
 * The content of a webhook.
 * @typedef {Object} Webhook
 * @public
 * @property {MessageRow[]} messages - incoming messages
 * @property {StatusRow[]} statuses - statuses of messages that you sent
 * @property {EventRow[]} events - all other events
 * @property {MessageRow[]} echoes - messages sent with the WhatsApp Business app
 * @property {MessageRow[]} history - messages from before the number joined the API
 */

export {};
