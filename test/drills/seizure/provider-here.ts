import addresses from "africastalking/lib/common.js";

/**
 * Loaded before Gundo in a drill alone (`node --import`): a production server sends answers to Africa's Talking, and no
 * setting of it says where that is.
 */
addresses.SMS_URL = process.env["DRILL_PROVIDER"]!;
