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
CREATE TABLE "deskActs" (
          "clientId" TEXT PRIMARY KEY NOT NULL, "cityId" TEXT NOT NULL, kind TEXT NOT NULL, subject TEXT NOT NULL,
          step INTEGER NOT NULL, act TEXT NOT NULL, detail TEXT NOT NULL, who TEXT NOT NULL, "atMs" INTEGER NOT NULL
        ) STRICT;
CREATE TABLE "scenarioVersions" (
          "clientId" TEXT PRIMARY KEY NOT NULL REFERENCES scenarios ("clientId"), "cityId" TEXT NOT NULL,
          tree TEXT NOT NULL, branch TEXT NOT NULL, step INTEGER NOT NULL,
          "parentId" TEXT REFERENCES scenarios ("clientId"), "otherId" TEXT REFERENCES scenarios ("clientId"),
          hash TEXT NOT NULL, document TEXT NOT NULL, view TEXT NOT NULL, "savedMs" INTEGER NOT NULL
        ) STRICT;
CREATE TABLE publications (
          "clientId" TEXT PRIMARY KEY NOT NULL, "cityId" TEXT NOT NULL,
          "versionId" TEXT NOT NULL REFERENCES "scenarioVersions" ("clientId"),
          body TEXT NOT NULL, picture TEXT NOT NULL, "publishedMs" INTEGER NOT NULL
        ) STRICT;
CREATE TABLE withdrawals (
          "clientId" TEXT PRIMARY KEY NOT NULL,
          "publicationId" TEXT NOT NULL UNIQUE REFERENCES publications ("clientId"),
          reason TEXT NOT NULL, "withdrawnMs" INTEGER NOT NULL
        ) STRICT;
INSERT INTO "migrations" ("number", "name", "atMs") VALUES (1, 'requests', 1795808161957);
INSERT INTO "migrations" ("number", "name", "atMs") VALUES (2, 'comments, scenarios, acknowledgements, configuration and audit', 1795808161967);
INSERT INTO "migrations" ("number", "name", "atMs") VALUES (3, 'what is done about alarms', 1795808161967);
INSERT INTO "migrations" ("number", "name", "atMs") VALUES (4, 'what is done about incidents, reports and shifts', 1795808161967);
INSERT INTO "migrations" ("number", "name", "atMs") VALUES (5, 'versions of scenarios, and what is published', 1795808161968);
INSERT INTO "requests" ("clientId", "cityId", "serviceCode", "lng", "lat", "description", "filedMs") VALUES ('2d4987d5-3ced-44f9-a5f4-f81bfeb8ebc4', 'small', 'pothole', -56.17, -34.89, 'Deep', 1700000000000);
INSERT INTO "requests" ("clientId", "cityId", "serviceCode", "lng", "lat", "description", "filedMs") VALUES ('d938d907-2e89-450a-a9cd-33b7cf23427c', 'small', 'pothole', -56.17, -34.89, 'Ñandú  «ок» 🚌', 1700000000000);
INSERT INTO "requests" ("clientId", "cityId", "serviceCode", "lng", "lat", "description", "filedMs") VALUES ('8e8c3316-813b-406e-9b99-dc1f3366ca5c', 'small', 'pothole', -56.17, -34.89, '', 1700000000000);
INSERT INTO "requests" ("clientId", "cityId", "serviceCode", "lng", "lat", "description", "filedMs") VALUES ('f0e59732-736b-4020-b5c3-f9d9b425088a', 'small', 'pothole', -56.17, -34.89, 'Deep', 1700000000000);
INSERT INTO "scenarios" ("clientId", "cityId", "name", "edits", "horizonS", "savedMs") VALUES ('506e779d-b023-4472-b0b8-d7e28ffaa03c', 'small', 'Close the bridge', '[{"kind":"setLinkClosed","link":3,"isClosed":true}]', 3600, 2);
INSERT INTO "scenarios" ("clientId", "cityId", "name", "edits", "horizonS", "savedMs") VALUES ('dfff6c20-93a8-43a7-879e-d55c5b121b99', 'small', 'Close the bridge', '[{"kind":"closeStreet","id":"e1","links":[3]}]', 3600, 1795808162067);
INSERT INTO "comments" ("clientId", "requestId", "scenarioId", "text", "language", "filedMs") VALUES ('08858156-368d-4f16-8e82-542290090b6b', 'f0e59732-736b-4020-b5c3-f9d9b425088a', NULL, 'Still there', 'en', 3);
INSERT INTO "comments" ("clientId", "requestId", "scenarioId", "text", "language", "filedMs") VALUES ('1c92b62a-277b-4302-87ca-addcfb34f006', NULL, '506e779d-b023-4472-b0b8-d7e28ffaa03c', 'Still there', 'en', 3);
INSERT INTO "acknowledgements" ("clientId", "what", "who", "atMs") VALUES ('7ee435ca-4b4d-41c3-b4bb-25e1b789caf7', 'alarm:customersOut', 'Shift 2', 4);
INSERT INTO "configuration" ("key", "value", "changedMs") VALUES ('limits', '{"queueM":150}', 1795808162429);
INSERT INTO "audit" ("seq", "atMs", "actor", "action", "subject", "detail", "previousHash", "hash") VALUES (1, 1795808161970, 'anyone', 'file', 'request:2d4987d5-3ced-44f9-a5f4-f81bfeb8ebc4', '{"sha256":"be2c020e654b5aacef4be72074ad190aae8c8890e824109fe1ffaf42553118f9"}', '0000000000000000000000000000000000000000000000000000000000000000', '7ad157238326f8823bd33f85f4c959e940c8fb954e12abcab1345307c57367f3');
INSERT INTO "audit" ("seq", "atMs", "actor", "action", "subject", "detail", "previousHash", "hash") VALUES (2, 1795808161973, 'anyone', 'file', 'request:d938d907-2e89-450a-a9cd-33b7cf23427c', '{"sha256":"d6b3af4b4bf144704f4b47f76b502556c0b126dbe742420cd11c3adb17387a32"}', '7ad157238326f8823bd33f85f4c959e940c8fb954e12abcab1345307c57367f3', 'd1a3a17555692957fc7daf0dbf83df979a1d6ff41b021f0a0a7d3b579f1620c4');
INSERT INTO "audit" ("seq", "atMs", "actor", "action", "subject", "detail", "previousHash", "hash") VALUES (3, 1795808161974, 'anyone', 'file', 'request:8e8c3316-813b-406e-9b99-dc1f3366ca5c', '{"sha256":"cd5a4ad19db03530331b03d21445dd48c002ade51afb467c4183c4c105e39cc3"}', 'd1a3a17555692957fc7daf0dbf83df979a1d6ff41b021f0a0a7d3b579f1620c4', '6c5861a5f77f5c39955b536a7a6aa13a91461ae2548d3a382407287ea483c962');
INSERT INTO "audit" ("seq", "atMs", "actor", "action", "subject", "detail", "previousHash", "hash") VALUES (4, 1795808161983, 'anyone', 'file', 'request:f0e59732-736b-4020-b5c3-f9d9b425088a', '{"sha256":"38c26d9551c4dd63cdb1e9bfc272b153d00a7d7a58da9c0cb8c274050263d7a0"}', '6c5861a5f77f5c39955b536a7a6aa13a91461ae2548d3a382407287ea483c962', 'e1bb2dc9bb790f9290e36a05f09bb4af4d69f58b933f2be52bf7790dbea3cfb3');
INSERT INTO "audit" ("seq", "atMs", "actor", "action", "subject", "detail", "previousHash", "hash") VALUES (5, 1795808161988, 'anyone', 'save', 'scenario:506e779d-b023-4472-b0b8-d7e28ffaa03c', '{"sha256":"10c06571b0a1712e1cef5cfabdfc734a5b53a16390d6ded1d0381486ea5f0345"}', 'e1bb2dc9bb790f9290e36a05f09bb4af4d69f58b933f2be52bf7790dbea3cfb3', 'df36083f4c721bfb18872858048504ebbb877871e24ec521dd2bd3f17109c9cf');
INSERT INTO "audit" ("seq", "atMs", "actor", "action", "subject", "detail", "previousHash", "hash") VALUES (6, 1795808161992, 'anyone', 'comment', 'comment:08858156-368d-4f16-8e82-542290090b6b', '{"sha256":"838d93224c12b47c2f0ffa4a94378d996a431c925e1602b8bb44a908b3bfafe0"}', 'df36083f4c721bfb18872858048504ebbb877871e24ec521dd2bd3f17109c9cf', 'cb5121f659b45017fe1a8dcaedd80358d62560138c54cea4e03610b6f9711afc');
INSERT INTO "audit" ("seq", "atMs", "actor", "action", "subject", "detail", "previousHash", "hash") VALUES (7, 1795808161999, 'anyone', 'comment', 'comment:1c92b62a-277b-4302-87ca-addcfb34f006', '{"sha256":"5c5d73d77d8ad5eb3f30fa3497951611d3bacefa80367bb6f1a9bcc52f340457"}', 'cb5121f659b45017fe1a8dcaedd80358d62560138c54cea4e03610b6f9711afc', '08ad57c88645944ccfbebc234b3776b619d207f49a85a3e97851742de29fd9eb');
INSERT INTO "audit" ("seq", "atMs", "actor", "action", "subject", "detail", "previousHash", "hash") VALUES (8, 1795808162001, 'anyone', 'acknowledge', 'acknowledgement:7ee435ca-4b4d-41c3-b4bb-25e1b789caf7', '{"sha256":"d3014b94238b69231b8548b2fd99c94476090d1d563258ba6ee56099a9ecde18"}', '08ad57c88645944ccfbebc234b3776b619d207f49a85a3e97851742de29fd9eb', 'c0aad1f1084901f93bce4fdfa22200c9c157b1727df58ab111c5dddb5a72d0ff');
INSERT INTO "audit" ("seq", "atMs", "actor", "action", "subject", "detail", "previousHash", "hash") VALUES (9, 1795808162012, 'anyone', 'shelve', 'alarmAct:e6dbdc75-492a-4099-9a10-8a10489cc723', '{"sha256":"e97572d28dc234ac34462d571f35d0ebeb5604684cd8e58cb924e9e1712b4021"}', 'c0aad1f1084901f93bce4fdfa22200c9c157b1727df58ab111c5dddb5a72d0ff', '66ab0d1d8d7c4927af78466db858818e3f6400d2869dedc5faedf0b362de5ae5');
INSERT INTO "audit" ("seq", "atMs", "actor", "action", "subject", "detail", "previousHash", "hash") VALUES (10, 1795808162027, 'anyone', 'open', 'deskAct:dc72d70c-a876-45ab-9032-1d274a7ade1d', '{"sha256":"6ebdfaee09ad6cdda6947f1ea62e29404d848825cb4a3ae8f09a74584babbb58"}', '66ab0d1d8d7c4927af78466db858818e3f6400d2869dedc5faedf0b362de5ae5', '79d75ef4af8979adf67d1e2707db84fe181662ef2c2eed8ad6f55131d256f5e9');
INSERT INTO "audit" ("seq", "atMs", "actor", "action", "subject", "detail", "previousHash", "hash") VALUES (11, 1795808162047, 'anyone', 'own', 'deskAct:8868482f-1b3d-40cd-a5cd-82b805cf79b9', '{"sha256":"99260ec8d1c0230795bf93e80a05b502454d1df737c62a4ce608f4a316b83a8d"}', '79d75ef4af8979adf67d1e2707db84fe181662ef2c2eed8ad6f55131d256f5e9', '68e021c7378c1d9d07b33cf29b9bb482b6d51f8231f9c60fdffc7c2e8ddbd840');
INSERT INTO "audit" ("seq", "atMs", "actor", "action", "subject", "detail", "previousHash", "hash") VALUES (12, 1795808162067, 'planner', 'save', 'scenario:dfff6c20-93a8-43a7-879e-d55c5b121b99', '{"sha256":"43d33dc4a40bf1992b3679b0d030224e1aa1a330e777db3ba5523a58ac0fd2fc"}', '68e021c7378c1d9d07b33cf29b9bb482b6d51f8231f9c60fdffc7c2e8ddbd840', '64ee174c69a43e5827c1a95f627ecacc30ec42fbb50f12effebeb4321d7d340d');
INSERT INTO "audit" ("seq", "atMs", "actor", "action", "subject", "detail", "previousHash", "hash") VALUES (13, 1795808162067, 'planner', 'save', 'version:dfff6c20-93a8-43a7-879e-d55c5b121b99', '{"sha256":"0e5defa153a11289d1d898d20d79e2ed6f5be6c1b4039cfd4e7c1682079c7519"}', '64ee174c69a43e5827c1a95f627ecacc30ec42fbb50f12effebeb4321d7d340d', 'ffc03ac573eac01db24bc40cce8046e680c7227de8ad55ced6c58fd1158b329e');
INSERT INTO "audit" ("seq", "atMs", "actor", "action", "subject", "detail", "previousHash", "hash") VALUES (14, 1795808162093, 'planner', 'publish', 'publication:cbbeaeb6-04a3-4a55-acca-525c57b9c822', '{"sha256":"ff5fe7528c356920c1cc81f075177983b77bdc316bf36106ff37e57a8ec8eb94"}', 'ffc03ac573eac01db24bc40cce8046e680c7227de8ad55ced6c58fd1158b329e', 'adc799af619ddaba4d7683ad1be5d2072ab5cae6a1e1f354f6099c6a6c4bf7d5');
INSERT INTO "audit" ("seq", "atMs", "actor", "action", "subject", "detail", "previousHash", "hash") VALUES (15, 1795808162427, 'planner', 'withdraw', 'withdrawal:e30054b4-6dea-420c-843b-28c0b2365bda', '{"sha256":"0cce04a1df5031991641ff1015112d4a14171279cf56277339ae306d70b28a50"}', 'adc799af619ddaba4d7683ad1be5d2072ab5cae6a1e1f354f6099c6a6c4bf7d5', '50804df95bf286de6359ccd2c711d582909adaec5131773d18f8b53bd3478309');
INSERT INTO "audit" ("seq", "atMs", "actor", "action", "subject", "detail", "previousHash", "hash") VALUES (16, 1795808162428, 'console', 'configure', 'configuration:limits', '{"sha256":"d3e80f065492340f2fc3ace0b80f6b9a2eefc7ae5e9a306acc959fb283dffdb3"}', '50804df95bf286de6359ccd2c711d582909adaec5131773d18f8b53bd3478309', 'fd1705ee486849a32892a5ddac5bcb415ae46f0e0cd25c0b2de00a4e39722f57');
INSERT INTO "audit" ("seq", "atMs", "actor", "action", "subject", "detail", "previousHash", "hash") VALUES (17, 1795808162429, 'console', 'configure', 'configuration:limits', '{"sha256":"5b26955ff3663f2272b7ae906b525503fbf584380f991b9e68ba2f1a853bf218"}', 'fd1705ee486849a32892a5ddac5bcb415ae46f0e0cd25c0b2de00a4e39722f57', '15dfb1582b6cc1aa3d82d01c85956da0779132ecc52f549ad312e1b401956772');
INSERT INTO "auditHead" ("id", "seq", "hash") VALUES (1, 17, '15dfb1582b6cc1aa3d82d01c85956da0779132ecc52f549ad312e1b401956772');
INSERT INTO "alarmActs" ("clientId", "cityId", "kind", "source", "act", "untilMs", "reason", "who", "atMs") VALUES ('e6dbdc75-492a-4099-9a10-8a10489cc723', 'small', 'substationOut', 0, 'shelve', 3600005, 'Crew on site', 'Shift 2', 5);
INSERT INTO "deskActs" ("clientId", "cityId", "kind", "subject", "step", "act", "detail", "who", "atMs") VALUES ('dc72d70c-a876-45ab-9032-1d274a7ade1d', 'small', 'incident', 'dc72d70c-a876-45ab-9032-1d274a7ade1d', 0, 'open', '{"of":{"what":"words","title":"A tree on the road"}}', 'Shift 2', 6);
INSERT INTO "deskActs" ("clientId", "cityId", "kind", "subject", "step", "act", "detail", "who", "atMs") VALUES ('8868482f-1b3d-40cd-a5cd-82b805cf79b9', 'small', 'incident', 'dc72d70c-a876-45ab-9032-1d274a7ade1d', 1, 'own', '{}', 'Shift 2', 6);
INSERT INTO "scenarioVersions" ("clientId", "cityId", "tree", "branch", "step", "parentId", "otherId", "hash", "document", "view", "savedMs") VALUES ('dfff6c20-93a8-43a7-879e-d55c5b121b99', 'small', 'dfff6c20-93a8-43a7-879e-d55c5b121b99', 'dfff6c20-93a8-43a7-879e-d55c5b121b99', 0, NULL, NULL, '7e5581d8e9b5608107aff61ed57291acf777087e9d385677eaa16239d24d4f45', '{
  "citytwin": "scenario",
  "version": 1,
  "title": "Close the bridge",
  "base": { "city": "small", "data": "0123456789ab", "from": { "kind": "typical", "at": "18:00", "date": "2024-03-12" }, "model": "1", "seed": 7 },
  "horizonS": 3600,
  "edits": [
    { "kind": "closeStreet", "id": "e1", "links": [3] }
  ]
}
', '', 1795808162067);
INSERT INTO "publications" ("clientId", "cityId", "versionId", "body", "picture", "publishedMs") VALUES ('cbbeaeb6-04a3-4a55-acca-525c57b9c822', 'small', 'dfff6c20-93a8-43a7-879e-d55c5b121b99', '{}', '', 8);
INSERT INTO "withdrawals" ("clientId", "publicationId", "reason", "withdrawnMs") VALUES ('e30054b4-6dea-420c-843b-28c0b2365bda', 'cbbeaeb6-04a3-4a55-acca-525c57b9c822', 'The bridge has moved', 9);
CREATE INDEX "requestsByTime" ON requests ("cityId", "filedMs");
CREATE INDEX "scenariosByTime" ON scenarios ("cityId", "savedMs");
CREATE INDEX "commentsOfRequest" ON comments ("requestId");
CREATE INDEX "commentsOfScenario" ON comments ("scenarioId");
CREATE INDEX "acknowledgementsByTime" ON acknowledgements ("atMs");
CREATE TRIGGER "auditUPDATE" BEFORE UPDATE ON audit
      BEGIN SELECT RAISE(ABORT, 'the audit is only ever added to'); END;
CREATE TRIGGER "auditDELETE" BEFORE DELETE ON audit
      BEGIN SELECT RAISE(ABORT, 'the audit is only ever added to'); END;
CREATE INDEX "alarmActsByTime" ON "alarmActs" ("cityId", "atMs");
CREATE UNIQUE INDEX "deskActsBySubject" ON "deskActs" ("cityId", kind, subject, step);
CREATE INDEX "deskActsByTime" ON "deskActs" ("cityId", "atMs");
CREATE UNIQUE INDEX "versionsOfBranch" ON "scenarioVersions" (branch, step);
CREATE INDEX "versionsOfTree" ON "scenarioVersions" (tree, "savedMs");
CREATE INDEX "versionsByTime" ON "scenarioVersions" ("cityId", "savedMs");
CREATE INDEX "publicationsByTime" ON publications ("cityId", "publishedMs");
CREATE INDEX "publicationsOfVersion" ON publications ("versionId");
