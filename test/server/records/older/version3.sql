CREATE TABLE migrations (
      number INTEGER PRIMARY KEY NOT NULL, name TEXT NOT NULL, "atMs" INTEGER NOT NULL
    ) STRICT;
CREATE TABLE requests (
  "clientId" TEXT PRIMARY KEY, "cityId" TEXT NOT NULL, "serviceCode" TEXT NOT NULL,
  lng REAL NOT NULL, lat REAL NOT NULL, description TEXT NOT NULL, "filedMs" INTEGER NOT NULL
  ) STRICT;
CREATE TABLE scenarios (
  "clientId" TEXT PRIMARY KEY NOT NULL, "cityId" TEXT NOT NULL, name TEXT NOT NULL, edits TEXT NOT NULL,
  "horizonS" INTEGER NOT NULL, "savedMs" INTEGER NOT NULL
  ) STRICT;
CREATE TABLE comments (
  "clientId" TEXT PRIMARY KEY NOT NULL,
  "requestId" TEXT REFERENCES requests ("clientId"), "scenarioId" TEXT REFERENCES scenarios ("clientId"),
  text TEXT NOT NULL, language TEXT NOT NULL, "filedMs" INTEGER NOT NULL,
  CHECK (("requestId" IS NULL) <> ("scenarioId" IS NULL))
  ) STRICT;
CREATE TABLE acknowledgements (
  "clientId" TEXT PRIMARY KEY NOT NULL, what TEXT NOT NULL, who TEXT NOT NULL, "atMs" INTEGER NOT NULL
  ) STRICT;
CREATE TABLE configuration (
  key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL, "changedMs" INTEGER NOT NULL
  ) STRICT;
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY NOT NULL, "atMs" INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
  subject TEXT NOT NULL, detail TEXT NOT NULL, "previousHash" TEXT NOT NULL, hash TEXT NOT NULL
  ) STRICT;
CREATE TABLE "auditHead" (
  id INTEGER PRIMARY KEY NOT NULL CHECK (id = 1), seq INTEGER NOT NULL, hash TEXT NOT NULL
  ) STRICT;
CREATE TABLE "alarmActs" (
  "clientId" TEXT PRIMARY KEY NOT NULL, "cityId" TEXT NOT NULL, kind TEXT NOT NULL, source INTEGER NOT NULL,
  act TEXT NOT NULL, "untilMs" INTEGER NOT NULL, reason TEXT NOT NULL, who TEXT NOT NULL, "atMs" INTEGER NOT NULL
  ) STRICT;
INSERT INTO "migrations" VALUES (1, 'requests', 1795773906253);
INSERT INTO "migrations" VALUES (2, 'comments, scenarios, acknowledgements, configuration and audit', 1795773906262);
INSERT INTO "migrations" VALUES (3, 'what is done about alarms', 1795773906263);
INSERT INTO "requests" VALUES ('50aab629-21b9-4bfd-b37d-f5aa036fd160', 'small', 'pothole', -56.17, -34.89, 'Deep', 1700000000000);
INSERT INTO "requests" VALUES ('42ba3b06-5829-4514-8f51-68c1c94faee7', 'small', 'pothole', -56.17, -34.89, 'Ñandú  «ок» 🚌', 1700000000000);
INSERT INTO "requests" VALUES ('0feb62bb-a851-4db0-9644-5bf652a93197', 'small', 'pothole', -56.17, -34.89, '', 1700000000000);
INSERT INTO "requests" VALUES ('bc5322ae-3204-4cfa-91c6-d93ac8ce6e26', 'small', 'pothole', -56.17, -34.89, 'Deep', 1700000000000);
INSERT INTO "scenarios" VALUES ('e009085f-6e46-4e21-a243-b77231da2e08', 'small', 'Close the bridge', '[{"kind":"setLinkClosed","link":3,"isClosed":true}]', 3600, 2);
INSERT INTO "comments" VALUES ('8b28c187-cc3d-46cb-9a20-c99a2e35fd4b', 'bc5322ae-3204-4cfa-91c6-d93ac8ce6e26', NULL, 'Still there', 'en', 3);
INSERT INTO "comments" VALUES ('8ec5ece8-11b6-45a0-894b-f9d45cf521c1', NULL, 'e009085f-6e46-4e21-a243-b77231da2e08', 'Still there', 'en', 3);
INSERT INTO "acknowledgements" VALUES ('7ba5cd64-fd5e-47b1-b9aa-12d701a09406', 'alarm:customersOut', 'Shift 2', 4);
INSERT INTO "configuration" VALUES ('limits', '{"queueM":150}', 1795773906330);
INSERT INTO "audit" VALUES (1, 1795773906269, 'anyone', 'file', 'request:50aab629-21b9-4bfd-b37d-f5aa036fd160', '{"sha256":"4d8fac2238007a16f274eadfe2983a25e662b82fba58e29b759f47fc2360ccac"}', '0000000000000000000000000000000000000000000000000000000000000000', 'b7eda0fc1d8d647b972076b5984fa720ba59aa5b627342ef28438f2bba2dce6c');
INSERT INTO "audit" VALUES (2, 1795773906279, 'anyone', 'file', 'request:42ba3b06-5829-4514-8f51-68c1c94faee7', '{"sha256":"5bd19095d3f1475fecce4758639037791344ceec98b25b1a2db6f3f118a144ff"}', 'b7eda0fc1d8d647b972076b5984fa720ba59aa5b627342ef28438f2bba2dce6c', '955a72ad7962c8da4dae3a93135de2ac03147c11946c7bff5c3c438538223ad1');
INSERT INTO "audit" VALUES (3, 1795773906286, 'anyone', 'file', 'request:0feb62bb-a851-4db0-9644-5bf652a93197', '{"sha256":"7e39fa35951dfcd8d871ccc18425a54bee7ed979210aeaa20288194eedf2194c"}', '955a72ad7962c8da4dae3a93135de2ac03147c11946c7bff5c3c438538223ad1', '88b49543a40e1ec9ba44a0571277b9012452f2eb49f3f1a8a9fc2e6f81a100e8');
INSERT INTO "audit" VALUES (4, 1795773906293, 'anyone', 'file', 'request:bc5322ae-3204-4cfa-91c6-d93ac8ce6e26', '{"sha256":"f92e5985542133911e49d85ba79c0683cc6156ee8f4cfe460ad726dd3de3fd57"}', '88b49543a40e1ec9ba44a0571277b9012452f2eb49f3f1a8a9fc2e6f81a100e8', 'bd80d6c43ff15d2adfe17f106967193f15bd972600d2e7fd29e2f961aab81e13');
INSERT INTO "audit" VALUES (5, 1795773906297, 'anyone', 'save', 'scenario:e009085f-6e46-4e21-a243-b77231da2e08', '{"sha256":"cffa2da2e683698e9fe64b5aa613709284e64b546bf23aba671a315508531a15"}', 'bd80d6c43ff15d2adfe17f106967193f15bd972600d2e7fd29e2f961aab81e13', '04fffbd3271f409f6c263185488bd69d739ad691cc36361cdb1986f866dabdc2');
INSERT INTO "audit" VALUES (6, 1795773906302, 'anyone', 'comment', 'comment:8b28c187-cc3d-46cb-9a20-c99a2e35fd4b', '{"sha256":"d0b2c6a434f2e17e33e6eb3ff0c06e9ec7095cc039721b9a0ec0bd51116ba149"}', '04fffbd3271f409f6c263185488bd69d739ad691cc36361cdb1986f866dabdc2', '44f7f7436b98665d03bad658bbf37d7dbef3bc389a8e285b061fafa82d78fa75');
INSERT INTO "audit" VALUES (7, 1795773906310, 'anyone', 'comment', 'comment:8ec5ece8-11b6-45a0-894b-f9d45cf521c1', '{"sha256":"1069d3197ab03716c4e3eaec20f9527c101a303d4cf345fb482db19ccf392f05"}', '44f7f7436b98665d03bad658bbf37d7dbef3bc389a8e285b061fafa82d78fa75', '7b133a52abafbedb197cef7727d92363e1af98156385a2d508c65bbdd160ef97');
INSERT INTO "audit" VALUES (8, 1795773906314, 'anyone', 'acknowledge', 'acknowledgement:7ba5cd64-fd5e-47b1-b9aa-12d701a09406', '{"sha256":"19b6af9cd30946875ba5bd3324f0d6d7d4d576718d4f9e64bd792a53ced8ee57"}', '7b133a52abafbedb197cef7727d92363e1af98156385a2d508c65bbdd160ef97', 'c2cc3b3f3fcb0ee30070e998ea3b532712efc63927be71935456cc39179735f5');
INSERT INTO "audit" VALUES (9, 1795773906317, 'anyone', 'shelve', 'alarmAct:562e2978-ce8f-4452-8e1d-720f50358d75', '{"sha256":"279bfd94306903ec0e8e56d9faa8d57ce2afbf6d756cbb73e83ade39233e1ba9"}', 'c2cc3b3f3fcb0ee30070e998ea3b532712efc63927be71935456cc39179735f5', '99367bf812d308160ce747d71257f83e69c6b9da885f1db04a7e4e6f00314ffe');
INSERT INTO "audit" VALUES (10, 1795773906321, 'console', 'configure', 'configuration:limits', '{"sha256":"f238783939f7438fd316fc97da26654e5adb562acfee001425569c484fc3db84"}', '99367bf812d308160ce747d71257f83e69c6b9da885f1db04a7e4e6f00314ffe', 'd6f7602f29660127d34f48014f76243110ae0837dd7ec306a517580601c9e3bb');
INSERT INTO "audit" VALUES (11, 1795773906330, 'console', 'configure', 'configuration:limits', '{"sha256":"fdbbaf76b72196372d3d75b3a55f902c58c5c2cd9bae6e9d76b99625a1ba5a7f"}', 'd6f7602f29660127d34f48014f76243110ae0837dd7ec306a517580601c9e3bb', '304b5e449e82a8aa47704bb6a613a3be202c47e4d9f13adab91d0c36209b20cf');
INSERT INTO "auditHead" VALUES (1, 11, '304b5e449e82a8aa47704bb6a613a3be202c47e4d9f13adab91d0c36209b20cf');
INSERT INTO "alarmActs" VALUES ('562e2978-ce8f-4452-8e1d-720f50358d75', 'small', 'substationOut', 0, 'shelve', 3600005, 'Crew on site', 'Shift 2', 5);
CREATE INDEX "requestsByTime" ON requests ("cityId", "filedMs");
CREATE INDEX "scenariosByTime" ON scenarios ("cityId", "savedMs");
CREATE INDEX "commentsOfRequest" ON comments ("requestId");
CREATE INDEX "commentsOfScenario" ON comments ("scenarioId");
CREATE INDEX "acknowledgementsByTime" ON acknowledgements ("atMs");
CREATE INDEX "alarmActsByTime" ON "alarmActs" ("cityId", "atMs");
CREATE TRIGGER "auditUPDATE" BEFORE UPDATE ON audit
  BEGIN SELECT RAISE(ABORT, 'the audit is only ever added to'); END;
CREATE TRIGGER "auditDELETE" BEFORE DELETE ON audit
  BEGIN SELECT RAISE(ABORT, 'the audit is only ever added to'); END;
