// Made from types.ts: npm run build:typedefs.

/**
 * A group, by its ID.
 * @typedef {Object} GroupRecipient
 * @public
 * @property {string} group - the ID of the group
 */

/**
 * Who gets a message: a phone number in any common format (`+254 712 345678`), a business-scoped user ID (BSUID, `KE.1A2b`), a group, as `{ group: '<group id>' }`, or a row of `parseWebhook()`, whose sender is answered from the number that got the message.
 * A number without a country code (`0712 345 678`) needs `defaultCountry` in the credential. Without `+` it must be a valid mobile number; digits that can mean two numbers are an error.
 * @typedef {(string|number|GroupRecipient|MessageRow|StatusRow)} Recipient
 * @public
 */

/**
 * A text, as `{ text }` or alone, as a string.
 * @typedef {Object} TextMessage
 * @public
 * @property {string} text - the text, up to 4,096 characters
 * @property {boolean} previewUrl - show a preview of the first link in the text
 */

/**
 * A picture: JPEG or PNG, up to 5 MB.
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
 * Sound: AAC, AMR, MP3, M4A or OGG with Opus, up to 16 MB.
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
 * @property {string} caption - up to 1,024 characters
 * @property {string} filename - the name under which it is shown
 */

/**
 * A sticker: WebP, up to 500 KB.
 * @typedef {Object} StickerMessage
 * @public
 * @property {string} sticker - the ID of an uploaded file or an https:// URL
 */

/**
 * A file above the text of a message with buttons, a link or a flow: one of these.
 * @typedef {Object} HeaderFile
 * @public
 * @property {string} image - the ID of an uploaded file or an https:// URL
 * @property {string} video - the same
 * @property {string} document - the same
 * @property {string} filename - the name of the document
 */

/**
 * A button to answer with.
 * @typedef {Object} ReplyButton
 * @public
 * @property {string} id - what comes back in the webhook, up to 256 characters (default: the title)
 * @property {string} title - up to 20 characters
 */

/**
 * A question with buttons to answer with.
 * @typedef {Object} ButtonsMessage
 * @public
 * @property {string} text - the question, up to 1,024 characters
 * @property {Array<(string|ReplyButton)>} buttons - 1 to 3 buttons; a string stands for its title
 * @property {(string|HeaderFile)} header - above the text: up to 60 characters, or a file
 * @property {string} footer - below the text: up to 60 characters
 */

/**
 * A row of a list.
 * @typedef {Object} ListRow
 * @public
 * @property {string} id - what comes back in the webhook, up to 200 characters (default: the title)
 * @property {string} title - up to 24 characters
 * @property {string} description - up to 72 characters
 */

/**
 * A part of a list.
 * @typedef {Object} ListSection
 * @public
 * @property {string} title - up to 24 characters; required if there are several sections
 * @property {Array<(string|ListRow)>} rows - its rows; a string stands for the title of a row
 */

/**
 * A list to choose from: `rows`, or `sections` with rows, up to 10 rows in all.
 * @typedef {Object} List
 * @public
 * @property {string} button - the label of the button that opens the list, up to 20 characters
 * @property {Array<(string|ListRow)>} rows - the rows; a string stands for the title of a row
 * @property {ListSection[]} sections - up to 10 sections
 */

/**
 * A question with a list to choose from.
 * @typedef {Object} ListMessage
 * @public
 * @property {string} text - the question, up to 4,096 characters
 * @property {List} list - the list
 * @property {string} header - above the text: up to 60 characters
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
 * A text with a button that opens a web page.
 * @typedef {Object} CtaMessage
 * @public
 * @property {string} text - the text, up to 1,024 characters
 * @property {Cta} cta - the button
 * @property {(string|HeaderFile)} header - above the text: up to 60 characters, or a file
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
 * @property {string} token - comes back with the answers, to tell which message they belong to
 * @property {('draft'|'published')} mode - `draft` for a flow that is not published
 * @property {('navigate'|'data_exchange')} action - `data_exchange` for a flow with an endpoint (default: `navigate`)
 */

/**
 * A text with a button that opens a WhatsApp Flow.
 * @typedef {Object} FlowMessage
 * @public
 * @property {string} text - the text, up to 1,024 characters
 * @property {Flow} flow - the flow
 * @property {(string|HeaderFile)} header - above the text: up to 60 characters, or a file
 * @property {string} footer - below the text: up to 60 characters
 */

/**
 * Requests the recipient's location.
 * @typedef {Object} LocationRequestMessage
 * @public
 * @property {string} text - the question, up to 1,024 characters
 * @property {boolean} requestLocation - always `true`
 */

/**
 * A place.
 * @typedef {Object} Location
 * @public
 * @property {number} latitude - -90 to 90
 * @property {number} longitude - -180 to 180
 * @property {string} name - its name, up to 100 characters
 * @property {string} address - its address, up to 300 characters; shown together with `name` only
 */

/**
 * A place on the map.
 * @typedef {Object} LocationMessage
 * @public
 * @property {Location} location - the place
 */

/**
 * The name of a contact: `formatted_name` and at least one more part.
 * @typedef {Object} ContactName
 * @public
 * @property {string} formatted_name - the whole name, as it is shown
 * @property {string} first_name - the first name
 * @property {string} last_name - the last name
 */

/**
 * A phone number of a contact.
 * @typedef {Object} ContactPhone
 * @public
 * @property {string} phone - the number, as it is shown
 * @property {string} type - such as `CELL` or `WORK`
 * @property {string} wa_id - the number on WhatsApp, digits only: shows a button to write to it
 */

/**
 * A contact card, in Meta's form.
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
 * An emoji on a message.
 * @typedef {Object} ReactionMessage
 * @public
 * @property {string} reaction - one emoji; an empty string removes it
 * @property {string} messageId - the ID of the message
 */

/**
 * Any message in Meta's own form: `{ type: 'text', text: { body: 'Hi' } }`.
 * @typedef {Object} MetaMessage
 * @public
 * @property {string} type - such as `interactive`
 */

/**
 * A message: a text, one of the objects below, or Meta's own form with its `type`.
 * See [Meta's documentation of messages](https://developers.facebook.com/documentation/business-messaging/whatsapp/messages/send-messages).
 * @typedef {(string|TextMessage|ImageMessage|VideoMessage|AudioMessage|DocumentMessage|StickerMessage|ButtonsMessage|ListMessage|CtaMessage|FlowMessage|LocationRequestMessage|LocationMessage|ContactsMessage|ReactionMessage|MetaMessage)} Message
 * @public
 */

/**
 * An amount of money, written in the language of the template.
 * @typedef {Object} CurrencyValue
 * @public
 * @property {string} currency - such as `KES`
 * @property {number} amount - such as 1250.5
 */

/**
 * A date, written in the language of the template.
 * @typedef {Object} DateValue
 * @public
 * @property {*} date - a day (`2026-05-05`), a moment (`2026-05-05T10:00:00Z`) or a Date
 * @property {string} timeZone - required if there is a time of day, such as `Africa/Nairobi`
 * @property {('full'|'long'|'medium'|'short')} dateStyle - how long the day is written (default: `long`)
 * @property {('full'|'long'|'medium'|'short')} timeStyle - how long the time is written (default: `short`)
 */

/**
 * An authentication code.
 * @typedef {Object} OtpValue
 * @public
 * @property {(string|number)} otp - the code, up to 15 characters; it stands in the body and in the button
 */

/**
 * A value of a template: a text, a number, a date, an amount of money or an authentication code.
 * @typedef {(string|number|boolean|CurrencyValue|DateValue|OtpValue)} TemplateValue
 * @public
 */

/**
 * Values by the names of the variables.
 * @typedef {Object} TemplateValues
 * @public
 */

/**
 * What fills the header of a template: one of these, or one value by the name of its variable.
 * @typedef {Object} TemplateHeader
 * @public
 * @property {string} image - the ID of an uploaded file or an https:// URL
 * @property {string} video - the same
 * @property {string} document - the same
 * @property {string} filename - the name of the document
 * @property {Location} location - a place
 */

/**
 * What fills a button of a template: one of these.
 * @typedef {Object} TemplateButton
 * @public
 * @property {string} url - the end of the URL of a link
 * @property {string} payload - what comes back in the webhook when a quick reply is tapped, up to 256 characters
 * @property {string} code - the code of a coupon, up to 15 characters
 * @property {(string|number)} otp - an authentication code, up to 15 characters
 */

/**
 * A template that Meta has approved.
 * See [Meta's documentation of templates](https://developers.facebook.com/documentation/business-messaging/whatsapp/templates/overview).
 * @typedef {Object} TemplateMessage
 * @public
 * @property {string} name - the name of the template
 * @property {string} language - its language as approved, such as `sw` or `pt_BR` (default: `en_US`)
 * @property {(TemplateValue[]|TemplateValues)} body - what fills the variables of the body: an array for `{{1}}`, `{{2}}`, an object for `{{name}}`
 * @property {(TemplateValue|TemplateHeader|TemplateValue[])} header - what fills the header: a value, or an object
 * @property {Array<(TemplateButton|null)>} buttons - what fills the buttons, by their position; `null` skips a button
 * @property {Object[]} components - anything else, such as a carousel, in Meta's form
 * @property {string} namespace - needed by the On-Premise API only
 */

/**
 * A template: its name, or an object.
 * @typedef {(string|TemplateMessage)} Template
 * @public
 */

/**
 * Options of `sendMessage()` and `sendTemplate()`.
 * @typedef {Object} SendOptions
 * @public
 * @property {string} replyTo - the ID of a message that this one answers, and quotes
 * @property {string} reference - your own ID, up to 512 characters, which comes back in status webhooks. Every app that is subscribed to the account sees it: don't include sensitive data
 * @property {string} phoneNumberId - the ID of the number of yours that sends (default: the one of the row that is answered, or of the credential)
 * @property {boolean} checkText - `false` lets texts pass that hold `undefined`, `NaN`, `{{…}}` and the like
 * @property {boolean} dryRun - send nothing, and put the request that would be sent into `state.data`
 * @property {number} timeout - milliseconds to wait for the response: 1,000 or more (default: 30,000)
 */

/**
 * Options of operations that one of your numbers does.
 * @typedef {Object} NumberOptions
 * @public
 * @property {string} phoneNumberId - the ID of the number (default: the one of the row that is given, or of the credential)
 */

/**
 * Options of `markAsRead()`.
 * @typedef {Object} MarkAsReadOptions
 * @public
 * @property {boolean} typing - also show the typing indicator, for up to 25 seconds
 * @property {string} phoneNumberId - the ID of the number that got the message (default: the one of the row that is given, or of the credential)
 */

/**
 * A message for every item of a list: these fields, and those of a `Message` or a `template`. `$.data` is the item, `$.index` its place.
 * @typedef {Object} BulkMessage
 * @public
 * @property {Recipient} to - who gets it
 * @property {Template} template - a template; or, instead of it, the fields of a message
 * @property {string} reference - your own ID, which is in the report and comes back in status webhooks
 * @property {string} replyTo - the ID of a message that it answers
 * @property {string} phoneNumberId - the ID of the number of yours that sends
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
 * @property {Array<(string|ReplyButton)>} buttons - as in a message
 * @property {List} list - as in a message
 * @property {Cta} cta - as in a message
 * @property {Flow} flow - as in a message
 * @property {boolean} requestLocation - as in a message
 * @property {(string|HeaderFile)} header - as in a message
 * @property {string} footer - as in a message
 * @property {Location} location - as in a message
 * @property {Contact[]} contacts - as in a message
 */

/**
 * Options of `sendBulk()`.
 * @typedef {Object} BulkOptions
 * @public
 * @property {number} rate - messages per second (default: 80, On-Premise 50; a number that is also in the WhatsApp Business app has 20)
 * @property {number} concurrency - requests at the same time (default: as many as the rate needs)
 * @property {number} timeLimit - seconds: ends in time with the rest in `unsent`, so that a run that would be killed hands on its report
 * @property {('full'|'problems')} report - `full` (default), or `problems`: accepted messages are only counted, for very long lists
 * @property {Array} skip - people who must get nothing, such as opt-outs: numbers, or rows with `from` or `userId`; they are listed in `skipped` with `because: 'skip'`
 * @property {*} previous - the report of an earlier run, or several: a row whose `reference` was accepted, is unknown, or was refused for good is not sent again, and is listed in `skipped`. A row that could not be made is sent once its data is corrected. Every row needs a `reference`. On the first run give `[]`
 * @property {string} phoneNumberId - the ID of the number of yours that sends (default: the one of the row that is answered, or of the credential)
 * @property {boolean} sameRecipient - `true` allows a `to` that is the same for all items
 * @property {boolean} checkText - `false` lets texts pass that hold `undefined`, `NaN`, `{{…}}` and the like
 * @property {boolean} dryRun - send nothing, and put the requests into `state.data`
 */

/**
 * An item of which nothing is known but who it is.
 * @typedef {Object} BulkRow
 * @public
 * @property {number} index - its place in the list, from 0
 * @property {*} to - who should get it: the number as it is sent, or as it was written
 * @property {string} reference - your own ID
 */

/**
 * A message that WhatsApp has accepted. Status webhooks report its delivery.
 * @typedef {Object} AcceptedRow
 * @public
 * @property {string} id - the ID of the message
 * @property {string} waId - the number on WhatsApp, with `+`
 * @property {string} messageStatus - Meta's word, such as `held_for_quality_assessment` or `paused`, if it holds the message back
 * @property {number} index - its place in the list, from 0
 * @property {*} to - who should get it: the number as it is sent, or as it was written
 * @property {string} reference - your own ID
 */

/**
 * A message that was not accepted, or of which that is unknown.
 * @typedef {Object} FailedRow
 * @public
 * @property {ErrorInfo} error - why
 * @property {number} index - its place in the list, from 0
 * @property {*} to - who should get it: the number as it is sent, or as it was written
 * @property {string} reference - your own ID
 */

/**
 * An item that was left out on purpose.
 * @typedef {Object} SkippedRow
 * @public
 * @property {string} because - why, such as `skip`
 * @property {ErrorInfo} error - the error, if there was one
 * @property {number} index - its place in the list, from 0
 * @property {*} to - who should get it: the number as it is sent, or as it was written
 * @property {string} reference - your own ID
 */

/**
 * How many messages ended how.
 * @typedef {Object} BulkSummary
 * @public
 * @property {number} total - items of the list
 * @property {number} accepted - accepted by WhatsApp
 * @property {number} failed - refused, or not possible to make
 * @property {number} unknown - unknown whether they were sent
 * @property {number} unsent - not attempted
 * @property {number} skipped - left out on purpose
 * @property {*} messageStatus - how many accepted messages Meta holds back, by its word for it
 * @property {number} seconds - how long it took
 * @property {number} messagesPerSecond - how fast it was
 * @property {string} stopped - why the list stopped early: the time limit, or an error of the account
 */

/**
 * What became of every item of a list: each is in exactly one of the lists.
 * @typedef {Object} BulkReport
 * @public
 * @property {AcceptedRow[]} accepted - accepted by WhatsApp
 * @property {FailedRow[]} failed - not sent
 * @property {FailedRow[]} unknown - unknown whether they were sent: never sent again by themselves
 * @property {BulkRow[]} unsent - not attempted
 * @property {SkippedRow[]} skipped - left out on purpose, with the options `skip` and `previous`
 * @property {BulkSummary} summary - the counts
 */

/**
 * A file: a base64 text, a data URI, an https:// URL, bytes (a Buffer) or a stream.
 * @typedef {(string|Uint8Array|AsyncIterable<Uint8Array>)} File
 * @public
 */

/**
 * A file that was received or uploaded: its ID, or a row of `parseWebhook()` or its `media`.
 * @typedef {(string|MessageRow|MediaRow)} MediaSource
 * @public
 */

/**
 * Options of `uploadMedia()`.
 * @typedef {Object} UploadOptions
 * @public
 * @property {string} type - the MIME type (default: as the data URI, the web server or the content says)
 * @property {string} filename - the name of the file (default: as the server or the URL calls it)
 * @property {Object} headers - for a URL: headers for its server, such as a login; no other host gets them
 * @property {string} phoneNumberId - the ID of the number that will send it (default: the one of the credential)
 * @property {number} timeout - milliseconds for the whole upload (default: 300,000)
 */

/**
 * Options of `downloadMedia()`.
 * @typedef {Object} DownloadOptions
 * @public
 * @property {('base64'|'text'|'stream')} as - `base64` (default), `text`, or `stream`, which another operation of the same job can read
 * @property {number} maxBytes - the largest file that is downloaded (default: 26,214,400, which is 25 MB)
 * @property {string} phoneNumberId - the ID of the number that got it (default: the one of the row that is given, or of the credential)
 * @property {number} timeout - milliseconds for the whole download (default: 300,000)
 */

/**
 * Options of `get()`, `post()`, `del()` and `request()`.
 * @typedef {Object} RequestOptions
 * @public
 * @property {Object} query - query parameters; arrays and objects are written as JSON
 * @property {Object} headers - more headers
 * @property {('json'|'text'|'base64')} parseAs - how to read the response (default: `json`)
 * @property {number} timeout - milliseconds to wait for the response (default: 30,000)
 */

/**
 * Which templates `listTemplates()` lists: those that fit all that is given.
 * @typedef {Object} TemplateQuery
 * @public
 * @property {string} name - a part of the name
 * @property {string} language - the language, such as `sw` or `pt_BR`
 * @property {('APPROVED'|'PENDING'|'REJECTED'|'PAUSED'|'DISABLED')} status - the status
 * @property {('UTILITY'|'MARKETING'|'AUTHENTICATION')} category - the category
 * @property {string} content - a part of the text
 * @property {string} name_or_content - a part of the name or of the text
 * @property {('GREEN'|'YELLOW'|'RED'|'UNKNOWN')} quality_score - the quality rating
 * @property {(string|string[])} fields - which fields of a template to read, such as `id,name,status`
 * @property {number} limit - how many templates a page has (default: 100); all pages are read
 */

/**
 * Options of `getTemplate()`.
 * @typedef {Object} GetTemplateOptions
 * @public
 * @property {string} language - the language of the template, such as `sw`
 * @property {(string|string[])} fields - which fields to read
 */

/**
 * A template in the form in which Meta defines it.
 * @typedef {Object} TemplateDefinition
 * @public
 * @property {string} name - up to 512 lowercase letters, digits and underscores
 * @property {string} language - its language, such as `sw` or `pt_BR`
 * @property {('UTILITY'|'MARKETING'|'AUTHENTICATION')} category - what it is for
 * @property {Object[]} components - `BODY` (up to 1,024 characters), and if wanted `HEADER` (60), `FOOTER` (60) and `BUTTONS` (up to 10)
 * @property {('positional'|'named')} parameter_format - `positional` (default) for `{{1}}`, `named` for `{{name}}`
 * @property {number} message_send_ttl_seconds - how long a message waits for a phone that is off: 30 to 900 for authentication, 30 to 43,200 for utility, 43,200 to 2,592,000 for marketing
 */

/**
 * What `updateTemplate()` changes of a template.
 * @typedef {Object} TemplateChanges
 * @public
 * @property {Object[]} components - all components, also those that stay as they are
 * @property {('UTILITY'|'MARKETING'|'AUTHENTICATION')} category - what it is for; an approved template keeps its category
 * @property {number} message_send_ttl_seconds - how long a message waits for a phone that is off
 */

/**
 * Options of `deleteTemplate()`.
 * @typedef {Object} DeleteTemplateOptions
 * @public
 * @property {string} language - delete the template in this language only
 * @property {string} id - delete the template with this ID only
 */

/**
 * Which phone numbers `listPhoneNumbers()` lists.
 * @typedef {Object} PhoneNumberQuery
 * @public
 * @property {(string|string[])} fields - which fields of a number to read
 * @property {Object[]} filtering - conditions in Meta's form, such as `[{ field: 'account_mode', operator: 'EQUAL', value: 'LIVE' }]`
 * @property {string[]} sort - such as `['creation_time_descending']`
 * @property {number} limit - how many numbers a page has (default: 100); all pages are read
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
 * @property {string} phoneNumberId - the ID of the number (default: the one of the credential)
 * @property {(string|string[])} fields - which fields to read
 */

/**
 * What people see of a business.
 * @typedef {Object} BusinessProfile
 * @public
 * @property {string} about - 1 to 139 characters
 * @property {string} address - up to 256 characters
 * @property {string} description - up to 512 characters
 * @property {string} email - up to 128 characters
 * @property {(string|string[])} websites - up to 2 URLs of up to 256 characters
 * @property {string} vertical - the kind of business, such as `HEALTH`, `GOVT`, `NONPROFIT` or `EDU`
 * @property {string} profile_picture_handle - a photo: the handle that `uploadFileHandle()` gives
 */

/**
 * What `getAnalytics()` reports.
 * @typedef {('messaging'|'conversation'|'pricing'|'template')} AnalyticsKind
 * @public
 */

/**
 * The period of `getAnalytics()`, and filters, which have Meta's names.
 * @typedef {Object} AnalyticsQuery
 * @public
 * @property {*} start - the first day (`2026-05-01`), a moment (`2026-05-01T10:00:00Z`), or seconds since 1970
 * @property {*} end - the last day, which is included, or a moment, which is not
 * @property {string} timeZone - time zone of the `start` and `end` dates, such as `Africa/Nairobi` (default: UTC); Meta counts templates by days of UTC, or of the account with `use_waba_timezone`
 * @property {('HALF_HOUR'|'DAY'|'MONTH')} granularity - how long a data point lasts (default: `DAY`); templates have days only
 * @property {string[]} phone_numbers - only these numbers of yours; not for templates
 * @property {string[]} country_codes - only these countries, such as `['KE']`; not for templates
 * @property {number[]} product_types - `messaging`: 0 for notifications, 2 for customer support
 * @property {string[]} metric_types - `conversation`: `COST`, `CONVERSATION`; `pricing`: `COST`, `VOLUME`; `template`: `sent`, `delivered`, `read`, `clicked`, `cost`
 * @property {string[]} dimensions - what to break the numbers down by: `conversation`: `CONVERSATION_CATEGORY`, `CONVERSATION_DIRECTION`, `CONVERSATION_TYPE`, `COUNTRY`, `PHONE`; `pricing`: `COUNTRY`, `PHONE`, `PRICING_CATEGORY`, `PRICING_TYPE`, `TIER`
 * @property {string[]} conversation_categories - `conversation`: only these categories
 * @property {string[]} conversation_types - `conversation`: `FREE_ENTRY`, `FREE_TIER`, `REGULAR`
 * @property {string[]} conversation_directions - `conversation`: `BUSINESS_INITIATED`, `USER_INITIATED`
 * @property {string[]} pricing_types - `pricing`: `FREE_CUSTOMER_SERVICE`, `FREE_ENTRY_POINT`, `REGULAR`
 * @property {string[]} pricing_categories - `pricing`: such as `MARKETING`, `UTILITY` and `AUTHENTICATION`
 * @property {string[]} tiers - `pricing`: only these tiers
 * @property {string[]} template_ids - `template`: the IDs of 1 to 10 templates
 * @property {string} product_type - `template`: the API that they were sent with
 * @property {boolean} use_waba_timezone - `template`: days of the time zone of the account
 */

/**
 * Options of `listBlockedUsers()`.
 * @typedef {Object} BlockedUsersQuery
 * @public
 * @property {number} limit - how many people a page has (default: 100); all pages are read
 */

/**
 * Options of `checkContacts()`.
 * @typedef {Object} CheckContactsOptions
 * @public
 * @property {boolean} blocking - wait until all numbers are checked (default: true)
 * @property {boolean} forceCheck - do not use what the server remembers for 7 days; too much of it can get the number banned
 */

/**
 * Options of `subscribeWebhook()`.
 * @typedef {Object} SubscribeOptions
 * @public
 * @property {string} callbackUrl - where webhooks go: an https:// URL of up to 200 characters
 * @property {string} verifyToken - a token of your choice, which Meta sends to verify the callback URL
 */

/**
 * Options of `parseWebhook()`.
 * @typedef {Object} ParseWebhookOptions
 * @public
 * @property {(string|Uint8Array)} rawBody - the body as it came, byte by byte, if something in front of OpenFn keeps it; if left out, the signature is checked over each way in which Meta writes the body
 * @property {boolean} requireSignature - refuse a webhook without a signature; needs `appSecret`
 * @property {boolean} verifySignature - `false` checks no signature, for bodies that something in front of OpenFn has rewritten
 */

/**
 * What is wrong, and what to do about it.
 * @typedef {Object} ErrorInfo
 * @public
 * @property {(string|number)} code - Meta's code, or one of the adaptor's own, such as `INVALID_RECIPIENT`
 * @property {string} message - the code and all that is known
 * @property {string} description - what happened
 * @property {string} fix - what to do about it
 * @property {string} details - what Meta says of it
 * @property {boolean} retryable - whether the same message may succeed later
 */

/**
 * A file of a message, for `downloadMedia()`.
 * @typedef {Object} MediaRow
 * @public
 * @property {string} id - the ID of the file
 * @property {string} mimeType - its MIME type
 * @property {string} sha256 - its SHA-256
 * @property {string} filename - the name of a document
 * @property {string} caption - the text below it
 * @property {boolean} voice - `true` if it is a voice message
 * @property {boolean} animated - `true` if it is an animated sticker
 * @property {string} url - where it is, if the webhook says so
 * @property {string} phoneNumberId - the ID of the number of yours that got it
 */

/**
 * What somebody tapped or filled in.
 * @typedef {Object} Reply
 * @public
 * @property {string} type - `button`, `list`, `flow` and so on
 * @property {string} id - the ID of the button or row, or the payload
 * @property {string} title - its title
 * @property {string} description - the description of the row
 * @property {string} name - of a flow: its name
 * @property {*} data - of a flow: the answers as the flow names them
 */

/**
 * Which of your numbers a row came to, or left from.
 * @typedef {Object} OwnNumber
 * @public
 * @property {string} phoneNumberId - the ID of the number of yours
 * @property {string} displayPhoneNumber - that number, with `+`
 * @property {string} wabaId - the WhatsApp Business Account of that number
 * @property {string} entryTimestamp - when Meta made the webhook, if it says so
 * @property {boolean} standby - `true` while Meta's Business Agent holds the chat
 */

/**
 * Who a row is about.
 * @typedef {Object} Person
 * @public
 * @property {string} userId - the business-scoped user ID (BSUID), which can be written to like a number
 * @property {string} parentUserId - the parent BSUID, if the account has one
 * @property {string} username - the username
 * @property {string} country - the country, such as `KE`, if Meta tells it
 * @property {string} identityKeyHash - if the number checks identities
 * @property {string} name - the name in the profile
 * @property {*} contact - the person as delivered
 */

/**
 * A message that somebody sent to you. What a message does not have is left out.
 * @typedef {Object} MessageRow
 * @public
 * @property {string} id - the ID of the message, for `replyTo` and `markAsRead()`
 * @property {string} timestamp - when it was sent, such as `2026-05-05T10:00:00.000Z`
 * @property {string} from - the number of the sender, with `+`; not there if the sender hides it
 * @property {string} to - in `echoes` and `history`: to whom your business sent it
 * @property {string} groupId - the group it was sent to
 * @property {'out'} direction - `out` in `echoes` and `history`, if your business sent it
 * @property {boolean} history - `true` in `history`
 * @property {string} type - `text`, `image`, `interactive`, `button` and so on, as Meta calls it
 * @property {string} text - what a person would read, whatever the type: a text, a caption, the title of a button; it may be empty
 * @property {MediaRow} media - a file
 * @property {Reply} reply - what was tapped or filled in
 * @property {*} location - `{ latitude, longitude, name, address }`
 * @property {Array} contacts - contact cards, in Meta's form
 * @property {*} reaction - `{ messageId, emoji }`; the emoji is empty if it was taken back
 * @property {*} order - an order from the catalog
 * @property {*} context - the message that it answers: `{ from, id }`, or `{ forwarded: true }`
 * @property {*} referral - the advertisement that the sender came from
 * @property {string} edits - the ID of the message that this one changes
 * @property {string} deletes - the ID of the message that the sender deleted
 * @property {string} unsupported - what it is, such as `poll`, if the API doesn't deliver it
 * @property {ErrorInfo[]} errors - what is wrong with it
 * @property {*} content - the message as delivered
 * @property {string} phoneNumberId - the ID of the number of yours
 * @property {string} displayPhoneNumber - that number, with `+`
 * @property {string} wabaId - the WhatsApp Business Account of that number
 * @property {string} entryTimestamp - when Meta made the webhook, if it says so
 * @property {boolean} standby - `true` while Meta's Business Agent holds the chat
 * @property {string} userId - the business-scoped user ID (BSUID), which can be written to like a number
 * @property {string} parentUserId - the parent BSUID, if the account has one
 * @property {string} username - the username
 * @property {string} country - the country, such as `KE`, if Meta tells it
 * @property {string} identityKeyHash - if the number checks identities
 * @property {string} name - the name in the profile
 * @property {*} contact - the person as delivered
 */

/**
 * What became of a message that you sent. Statuses may come late, twice or out of order.
 * @typedef {Object} StatusRow
 * @public
 * @property {string} id - the ID of the message, from the response of `sendMessage()`
 * @property {string} status - `sent`, `delivered`, `read`, `played` or `failed`
 * @property {number} rank - how far the message has come, since statuses come out of order: `sent` 1, `delivered` 2, `read` 3, `played` 4, `failed` 5
 * @property {string} timestamp - when it happened
 * @property {string} to - the number of the recipient, with `+`, or the ID of the group
 * @property {string} groupId - the group, if it was sent to one
 * @property {string} participant - who of the group: a number, or a BSUID
 * @property {string} reference - your own ID, as you gave it when you sent the message
 * @property {string} templateId - the template that it was made of
 * @property {string} messageStatus - if Meta holds it back
 * @property {*} conversation - the conversation that it counts to
 * @property {*} pricing - what it is charged as
 * @property {ErrorInfo} error - why it failed; always there if it failed
 * @property {ErrorInfo[]} errors - all errors, the first being `error`
 * @property {*} content - the status as delivered
 * @property {string} phoneNumberId - the ID of the number of yours
 * @property {string} displayPhoneNumber - that number, with `+`
 * @property {string} wabaId - the WhatsApp Business Account of that number
 * @property {string} entryTimestamp - when Meta made the webhook, if it says so
 * @property {boolean} standby - `true` while Meta's Business Agent holds the chat
 * @property {string} userId - the business-scoped user ID (BSUID), which can be written to like a number
 * @property {string} parentUserId - the parent BSUID, if the account has one
 * @property {string} username - the username
 * @property {string} country - the country, such as `KE`, if Meta tells it
 * @property {string} identityKeyHash - if the number checks identities
 * @property {string} name - the name in the profile
 * @property {*} contact - the person as delivered
 */

/**
 * How a person is known.
 * @typedef {Object} PersonIds
 * @public
 * @property {string} number - the number, with `+`
 * @property {string} userId - the business-scoped user ID (BSUID)
 */

/**
 * What a person was before and is now.
 * @typedef {Object} PersonChange
 * @public
 * @property {string} kind - `number`, `userId` or `identity`
 * @property {PersonIds} from - before
 * @property {PersonIds} to - after
 * @property {string} identityKeyHash - the new identity
 */

/**
 * Anything else that Meta tells: of templates, of the account, of calls; also what could not be read.
 * @typedef {Object} EventRow
 * @public
 * @property {string} field - what it is about, such as `message_template_status_update`; `malformed` if Meta does not say
 * @property {*} value - what happened, as delivered
 * @property {string} timestamp - when it happened
 * @property {string} kind - `optOut` or `optIn`, if a person wants no marketing messages, or wants them again
 * @property {string} from - the number of that person, with `+`
 * @property {PersonChange} change - what nobody wrote: a number, an ID or an identity has changed
 * @property {string} groupId - the group
 * @property {string} requestId - the request that it answers
 * @property {MediaRow} media - a file
 * @property {ErrorInfo[]} errors - what is wrong
 * @property {string} phoneNumberId - the ID of the number of yours
 * @property {string} displayPhoneNumber - that number, with `+`
 * @property {string} wabaId - the WhatsApp Business Account of that number
 * @property {string} entryTimestamp - when Meta made the webhook, if it says so
 * @property {boolean} standby - `true` while Meta's Business Agent holds the chat
 * @property {string} userId - the business-scoped user ID (BSUID), which can be written to like a number
 * @property {string} parentUserId - the parent BSUID, if the account has one
 * @property {string} username - the username
 * @property {string} country - the country, such as `KE`, if Meta tells it
 * @property {string} identityKeyHash - if the number checks identities
 * @property {string} name - the name in the profile
 * @property {*} contact - the person as delivered
 */

/**
 * All that a webhook brings.
 * @typedef {Object} Webhook
 * @public
 * @property {MessageRow[]} messages - messages that people sent to you
 * @property {StatusRow[]} statuses - what became of messages that you sent
 * @property {EventRow[]} events - anything else
 * @property {MessageRow[]} echoes - messages that your business sent with the WhatsApp Business app
 * @property {MessageRow[]} history - messages from before the number joined the API
 */

export {};
