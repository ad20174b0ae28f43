-- A database of the version before, as it was left when the process was killed: jobs in every state, requests in the
-- making, and all that its people and operators had chosen. Its people are made up.
-- Moments are whole microseconds since 1970; whoever reads this brings them up to today (see `version_before.py` beside it).

CREATE TABLE alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
CREATE TABLE jobs (
    id INTEGER NOT NULL,
    origin VARCHAR(100) NOT NULL,
    account_id BIGINT NOT NULL,
    requester_id BIGINT NOT NULL,
    chat_id BIGINT NOT NULL,
    thread_id BIGINT,
    request_message_id BIGINT,
    prompt TEXT NOT NULL,
    model VARCHAR(40) NOT NULL,
    seconds INTEGER NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    price INTEGER NOT NULL,
    private BOOLEAN NOT NULL,
    watermark BOOLEAN NOT NULL,
    state VARCHAR(20) NOT NULL,
    created_at BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    attempts INTEGER NOT NULL,
    troubled_since BIGINT,
    status_message_id BIGINT,
    ordered_at BIGINT,
    video_id VARCHAR(255),
    progress INTEGER,
    progress_at BIGINT,
    pace FLOAT,
    told_late BOOLEAN NOT NULL,
    rendered_at BIGINT,
    video_url TEXT,
    failure VARCHAR(40),
    failure_detail TEXT NOT NULL,
    sending BOOLEAN NOT NULL,
    result_message_id BIGINT,
    file_id VARCHAR(255),
    finished_at BIGINT, photos JSON DEFAULT '[]' NOT NULL, language VARCHAR(20) DEFAULT 'en' NOT NULL, character_url TEXT, character_start FLOAT, character_end FLOAT, original_job_id BIGINT, original_video_id VARCHAR(255), removed_at BIGINT, of_grants INTEGER DEFAULT '0' NOT NULL,
    CONSTRAINT pk_jobs PRIMARY KEY (id),
    CONSTRAINT ck_jobs_state_is_known CHECK (state IN ('cancelled', 'delivering', 'done', 'failed', 'queued', 'rendering', 'submitting')),
    CONSTRAINT ck_jobs_rendering_has_its_id CHECK (state <> 'rendering' OR video_id IS NOT NULL),
    CONSTRAINT ck_jobs_failed_has_a_reason CHECK (state <> 'failed' OR failure IS NOT NULL),
    CONSTRAINT ck_jobs_done_has_no_reason CHECK (state <> 'done' OR failure IS NULL),
    CONSTRAINT ck_jobs_over_has_an_end CHECK ((finished_at IS NULL) = (state IN ('delivering', 'queued', 'rendering', 'submitting'))),
    CONSTRAINT ck_jobs_price_is_no_gift CHECK (price >= 0),
    CONSTRAINT ck_jobs_progress_is_per_cent CHECK (progress BETWEEN 0 AND 100),
    CONSTRAINT uq_jobs_origin UNIQUE (origin)
);
CREATE TABLE job_moves (
    id INTEGER NOT NULL,
    job_id INTEGER NOT NULL,
    at BIGINT NOT NULL,
    state_before VARCHAR(20),
    state VARCHAR(20) NOT NULL,
    CONSTRAINT pk_job_moves PRIMARY KEY (id),
    CONSTRAINT fk_job_moves_job_id FOREIGN KEY(job_id) REFERENCES jobs (id) ON DELETE CASCADE
);
CREATE TABLE drafts (
    id INTEGER NOT NULL,
    origin VARCHAR(100) NOT NULL,
    account_id BIGINT NOT NULL,
    requester_id BIGINT NOT NULL,
    chat_id BIGINT NOT NULL,
    thread_id BIGINT,
    request_message_id BIGINT,
    text TEXT,
    created_at BIGINT NOT NULL,
    message_id BIGINT, photos JSON DEFAULT '[]' NOT NULL, language VARCHAR(20) DEFAULT 'en' NOT NULL, kind VARCHAR(20) DEFAULT 'card' NOT NULL, chosen VARCHAR(100) DEFAULT '' NOT NULL, job_id BIGINT,
    CONSTRAINT pk_drafts PRIMARY KEY (id),
    CONSTRAINT uq_drafts_origin UNIQUE (origin)
);
CREATE TABLE preferences (
    person_id BIGINT NOT NULL,
    language VARCHAR(20),
    model VARCHAR(40),
    seconds INTEGER,
    width INTEGER,
    height INTEGER,
    private BOOLEAN NOT NULL,
    watermark BOOLEAN NOT NULL,
    ask_first BOOLEAN NOT NULL,
    CONSTRAINT pk_preferences PRIMARY KEY (person_id)
);
CREATE TABLE characters (
    id INTEGER NOT NULL,
    owner_id BIGINT NOT NULL,
    name VARCHAR(40) NOT NULL,
    url TEXT NOT NULL,
    start FLOAT NOT NULL,
    "end" FLOAT NOT NULL,
    created_at BIGINT NOT NULL,
    CONSTRAINT pk_characters PRIMARY KEY (id),
    CONSTRAINT uq_characters_owner_id_name UNIQUE (owner_id, name)
);
CREATE TABLE accounts (
    id BIGINT NOT NULL,
    name VARCHAR(200) DEFAULT '' NOT NULL,
    username VARCHAR(40),
    language VARCHAR(20) DEFAULT 'en' NOT NULL,
    since BIGINT,
    has_limit BOOLEAN DEFAULT '0' NOT NULL,
    credits INTEGER,
    has_grants BOOLEAN DEFAULT '0' NOT NULL,
    standing VARCHAR(20) DEFAULT 'stranger' NOT NULL,
    banned_at BIGINT,
    banned_until BIGINT,
    ban_reason TEXT DEFAULT '' NOT NULL,
    unreachable_since BIGINT,
    CONSTRAINT pk_accounts PRIMARY KEY (id),
    CONSTRAINT ck_accounts_standing_is_known CHECK (standing IN ('allowed', 'refused', 'stranger', 'waiting')),
    CONSTRAINT ck_accounts_credits_are_no_debt CHECK (credits >= 0)
);
CREATE TABLE grants (
    id INTEGER NOT NULL,
    account_id BIGINT NOT NULL,
    credits INTEGER NOT NULL,
    at BIGINT NOT NULL,
    CONSTRAINT pk_grants PRIMARY KEY (id)
);
CREATE TABLE audit (
    id INTEGER NOT NULL,
    origin VARCHAR(100) NOT NULL,
    admin_id BIGINT NOT NULL,
    action VARCHAR(40) NOT NULL,
    at BIGINT NOT NULL,
    account_id BIGINT,
    job_id BIGINT,
    detail TEXT NOT NULL,
    why TEXT NOT NULL,
    CONSTRAINT pk_audit PRIMARY KEY (id),
    CONSTRAINT uq_audit_origin UNIQUE (origin)
);
CREATE TABLE house_rules (
    name VARCHAR(40) NOT NULL,
    value VARCHAR(100) NOT NULL,
    CONSTRAINT pk_house_rules PRIMARY KEY (name)
);
CREATE TABLE groups (
    chat_id BIGINT NOT NULL,
    is_on BOOLEAN DEFAULT '1' NOT NULL,
    admins_only BOOLEAN DEFAULT '0' NOT NULL,
    language VARCHAR(20),
    model VARCHAR(40),
    width INTEGER,
    height INTEGER,
    greeted_at BIGINT,
    CONSTRAINT pk_groups PRIMARY KEY (chat_id)
);
CREATE TABLE holds (
    name VARCHAR(80) NOT NULL,
    cause VARCHAR(20) NOT NULL,
    model VARCHAR(40),
    since BIGINT NOT NULL,
    why TEXT NOT NULL,
    probe_at BIGINT,
    probes INTEGER DEFAULT '0' NOT NULL,
    CONSTRAINT pk_holds PRIMARY KEY (name),
    CONSTRAINT ck_holds_cause_is_known CHECK (cause IN ('balance', 'key', 'model', 'pause'))
);
CREATE TABLE alerts (
    name VARCHAR(80) NOT NULL,
    since BIGINT NOT NULL,
    detail TEXT NOT NULL,
    CONSTRAINT pk_alerts PRIMARY KEY (name)
);
CREATE TABLE broadcasts (
    id INTEGER NOT NULL,
    origin VARCHAR(100) NOT NULL,
    admin_id BIGINT NOT NULL,
    chat_id BIGINT NOT NULL,
    message_id BIGINT NOT NULL,
    card_message_id BIGINT,
    language VARCHAR(20) DEFAULT 'en' NOT NULL,
    created_at BIGINT NOT NULL,
    confirmed_at BIGINT,
    stopped_at BIGINT,
    finished_at BIGINT,
    CONSTRAINT pk_broadcasts PRIMARY KEY (id),
    CONSTRAINT uq_broadcasts_origin UNIQUE (origin)
);
CREATE TABLE broadcast_people (
    broadcast_id INTEGER NOT NULL,
    person_id BIGINT NOT NULL,
    outcome VARCHAR(20),
    at BIGINT,
    CONSTRAINT pk_broadcast_people PRIMARY KEY (broadcast_id, person_id),
    CONSTRAINT ck_broadcast_people_outcome_is_known CHECK (outcome IN ('blocked', 'delivered', 'failed', 'unknown')),
    CONSTRAINT fk_broadcast_people_broadcast_id FOREIGN KEY(broadcast_id) REFERENCES broadcasts (id) ON DELETE CASCADE
);
CREATE INDEX ix_jobs_account ON jobs (account_id, created_at);
CREATE INDEX ix_jobs_due ON jobs (due_at) WHERE finished_at IS NULL;
CREATE INDEX ix_jobs_model ON jobs (model, seconds, id);
CREATE INDEX ix_jobs_requester ON jobs (requester_id, id);
CREATE INDEX ix_job_moves_job_id ON job_moves (job_id);
CREATE INDEX ix_drafts_message ON drafts (chat_id, message_id);
CREATE INDEX ix_jobs_result ON jobs (chat_id, result_message_id);
CREATE INDEX ix_jobs_of_grants ON jobs (account_id) WHERE of_grants > 0;
CREATE INDEX ix_jobs_created ON jobs (created_at);
CREATE INDEX ix_accounts_username ON accounts (username);
CREATE INDEX ix_grants_account_id ON grants (account_id);
CREATE INDEX ix_broadcast_people_unsent ON broadcast_people (broadcast_id, person_id) WHERE outcome IS NULL;

INSERT INTO alembic_version (version_num) VALUES
('0003');

INSERT INTO jobs (id, origin, account_id, requester_id, chat_id, thread_id, request_message_id, prompt, model, seconds, width, height, price, private, watermark, state, created_at, due_at, attempts, troubled_since, status_message_id, ordered_at, video_id, progress, progress_at, pace, told_late, rendered_at, video_url, failure, failure_detail, sending, result_message_id, file_id, finished_at, photos, language, character_url, character_start, character_end, original_job_id, original_video_id, removed_at, of_grants) VALUES
(1, 'message:10000001:175', 10000001, 10000001, 10000001, NULL, 175, 'a lighthouse at dusk', 'sora-2', 10, 720, 1280, 1, 0, 1, 'done', 1795563660232746, 1795563660885222, 0, NULL, 176, 1795563660366241, 'video_1', 100, NULL, NULL, 0, 1795563660585744, 'http://cdn.example/sora/1.mp4', NULL, '', 0, 177, 'file-id-of-video-1', 1795563660885222, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(2, 'message:10000001:178', 10000001, 10000001, 10000001, NULL, 178, 'let it snow', 'sora-2', 10, 720, 1280, 1, 0, 1, 'done', 1795563661076352, 1795563661633619, 0, NULL, 179, 1795563661318099, 'video_2', 100, NULL, NULL, 0, 1795563661539550, 'http://cdn.example/sora/2.mp4', NULL, '', 0, 180, 'file-id-of-video-2', 1795563661633619, '[["file-id-of-photo-1", 720, 1280]]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(3, 'message:10000001:181', 10000001, 10000001, 10000001, NULL, 181, 'a secret party', 'sora-2', 10, 720, 1280, 1, 1, 1, 'done', 1795563661781880, 1795563662239691, 0, NULL, 182, 1795563661936566, 'video_3', 100, NULL, NULL, 0, 1795563662157194, 'http://cdn.example/sora/3.mp4', NULL, '', 0, 183, 'file-id-of-video-3', 1795563662239691, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(4, 'message:10000001:184', 10000001, 10000001, 10000001, NULL, 184, 'rex on a skateboard', 'sora-2', 10, 720, 1280, 1, 0, 1, 'done', 1795563662378161, 1795563662889768, 0, NULL, 185, 1795563662571562, 'video_4', 100, NULL, NULL, 0, 1795563662794742, 'http://cdn.example/sora/4.mp4', NULL, '', 0, 186, 'file-id-of-video-4', 1795563662889768, '[]', 'en', 'https://example.com/rex.mp4', 1.0, 3.0, NULL, NULL, NULL, 0),
(5, 'message:10000001:187', 10000001, 10000001, 10000001, NULL, 187, 'a train in the rain', 'sora-2', 10, 720, 1280, 1, 0, 1, 'done', 1795563663057002, 1795563663599786, 0, NULL, 188, 1795563663233500, 'video_5', 100, NULL, NULL, 0, 1795563663458343, 'http://cdn.example/sora/5.mp4', NULL, '', 0, 189, 'file-id-of-video-5', 1795563663599786, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(6, 'message:10000001:190', 10000001, 10000001, 10000001, NULL, 190, 'a kite over the sea', 'sora-2', 10, 720, 1280, 1, 0, 1, 'done', 1795563663754650, 1795563664201474, 0, NULL, 191, 1795563663920459, 'video_6', 100, NULL, NULL, 0, 1795563664137365, 'http://cdn.example/sora/6.mp4', NULL, '', 0, 192, 'file-id-of-video-6', 1795563664201474, '[]', 'en', NULL, NULL, NULL, NULL, NULL, 1795563668412056, 0),
(7, 'message:10000001:193', 10000001, 10000001, 10000001, NULL, 193, 'a wooden boat', 'sora-2', 10, 720, 1280, 1, 0, 1, 'done', 1795563664341313, 1795563664789392, 0, NULL, 194, 1795563664489013, 'video_7', 100, NULL, NULL, 0, 1795563664710581, 'http://cdn.example/sora/7.mp4', NULL, '', 0, 195, 'file-id-of-video-7', 1795563664789392, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(8, 'message:10000001:196', 10000001, 10000001, 10000001, NULL, 196, 'make it night', 'sora-2', 10, 720, 1280, 1, 0, 0, 'done', 1795563664943911, 1795563665404662, 0, NULL, 197, 1795563665104912, 'video_8', 100, NULL, NULL, 0, 1795563665332804, 'http://cdn.example/sora/8.mp4', NULL, '', 0, 198, 'file-id-of-video-8', 1795563665404662, '[]', 'en', NULL, NULL, NULL, 7, 'video_7', NULL, 0),
(9, 'message:10000001:202', 10000001, 10000001, 10000001, NULL, 202, 'too wild for them', 'sora-2', 10, 720, 1280, 1, 0, 1, 'failed', 1795563670604444, 1795563670752542, 0, NULL, 203, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, 'moderated', 'This content may violate our guardrails concerning similarity to third-party content.', 0, NULL, NULL, 1795563670752542, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(10, 'message:10000001:204', 10000001, 10000001, 10000001, NULL, 204, 'lost on the way', 'sora-2', 10, 720, 1280, 1, 0, 1, 'failed', 1795563670928052, 1795563671065536, 0, NULL, 205, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, 'unknown_outcome', '', 0, NULL, NULL, 1795563671065536, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(11, 'message:10000001:207', 10000001, 10000001, 10000001, NULL, 207, 'a broken render', 'sora-2', 10, 720, 1280, 1, 0, 1, 'failed', 1795563671196955, 1795563671582279, 0, NULL, 208, 1795563671334110, 'video_9', NULL, NULL, NULL, 0, NULL, NULL, 'render_failed', 'out of memory', 0, NULL, NULL, 1795563671582279, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(12, 'message:10000001:209', 10000001, 10000001, 10000001, NULL, 209, 'thrown away too soon', 'sora-2', 10, 720, 1280, 1, 0, 1, 'failed', 1795563671726885, 1795563672089395, 0, NULL, 210, 1795563671862492, 'video_10', NULL, NULL, NULL, 0, NULL, NULL, 'expired', '', 0, NULL, NULL, 1795563672089395, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(13, 'message:10000001:211', 10000001, 10000001, 10000001, NULL, 211, 'make it winter', 'sora-2', 10, 720, 1280, 1, 0, 0, 'failed', 1795563672275064, 1795563672419786, 0, NULL, 212, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, 'original_gone', 'Not found', 0, NULL, NULL, 1795563672419786, '[]', 'en', NULL, NULL, NULL, 7, 'video_7', NULL, 0),
(14, 'message:10000001:213', 10000001, 10000001, 10000001, NULL, 213, 'a broken photo', 'sora-2', 10, 720, 1280, 1, 0, 1, 'failed', 1795563672880254, 1795563673063170, 0, NULL, 214, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, 'photo_broken', '', 0, NULL, NULL, 1795563673063170, '[["file-id-of-file-1"]]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(15, 'message:-1000004000001:4', 10000001, 10000001, -1000004000001, NULL, 4, 'a parade', 'sora-2', 10, 720, 1280, 1, 0, 1, 'done', 1795563675680397, 1795563676076095, 0, NULL, 5, 1795563675817304, 'video_11', 100, NULL, NULL, 0, 1795563676030230, 'http://cdn.example/sora/9.mp4', NULL, '', 0, 6, 'file-id-of-video-9', 1795563676076095, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(16, 'message:-1000004000001:7', 10000004, 10000004, -1000004000001, NULL, 7, 'make it louder', 'sora-2', 10, 720, 1280, 1, 0, 0, 'done', 1795563676216155, 1795563676597684, 0, NULL, 8, 1795563676344596, 'video_12', 100, NULL, NULL, 0, 1795563676557081, 'http://cdn.example/sora/10.mp4', NULL, '', 0, 11, 'file-id-of-video-10', 1795563676597684, '[]', 'en', NULL, NULL, NULL, 15, 'video_11', NULL, 0),
(17, 'message:10000004:229', 10000004, 10000004, 10000004, NULL, 229, 'a harbour', 'sora-2', 10, 720, 1280, 1, 0, 0, 'done', 1795563677334900, 1795563677806473, 0, NULL, 230, 1795563677464876, 'video_13', 100, NULL, NULL, 0, 1795563677699357, 'http://cdn.example/sora/11.mp4', NULL, '', 0, 231, 'file-id-of-video-11', 1795563677806473, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(18, 'forgotten:18', 10000010, 0, 0, NULL, NULL, '', 'sora-2', 10, 720, 1280, 1, 0, 0, 'done', 1795822878114219, 1795822878557895, 0, NULL, NULL, 1795822878271149, NULL, 100, NULL, NULL, 0, 1795822878486404, NULL, NULL, '', 0, NULL, NULL, 1795822878557895, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(19, 'message:10000012:241', 10000012, 10000012, 10000012, NULL, 241, 'a closed door', 'sora-2', 10, 720, 1280, 1, 0, 0, 'failed', 1795822878765393, 1795822879800327, 0, NULL, 242, 1795822878910526, 'video_14', 100, 1795822879137621, 435.94090578832646, 0, 1795822879666966, 'http://cdn.example/sora/12.mp4', 'undeliverable', '', 0, NULL, NULL, 1795822879800327, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(20, 'message:10000003:243', 10000003, 10000003, 10000003, NULL, 243, 'a castle', 'sora-2', 10, 720, 1280, 1, 0, 0, 'done', 1795822882395124, 1795822882923661, 0, NULL, 244, 1795822882585922, 'video_15', 100, NULL, NULL, 0, 1795822882815927, 'http://cdn.example/sora/13.mp4', NULL, '', 0, 245, 'file-id-of-video-12', 1795822882923661, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 1),
(21, 'message:10000008:290', 10000008, 10000008, 10000008, NULL, 290, 'ein Drache', 'veo-fast', 8, 1280, 720, 1, 0, 0, 'queued', 1795822888006939, 1795822888187461, 0, NULL, 291, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[]', 'de', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(22, 'message:10000001:295', 10000001, 10000001, 10000001, NULL, 295, 'a comet on the wire', 'sora-2', 10, 720, 1280, 1, 0, 1, 'submitting', 1795822889539483, 1795822928417729, 0, NULL, 296, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(23, 'message:10000008:297', 10000008, 10000008, 10000008, NULL, 297, 'ein Schloss', 'sora-2', 10, 720, 1280, 1, 0, 0, 'delivering', 1795822889706821, 1795822928417729, 0, NULL, 299, 1795822889903604, 'video_16', 100, NULL, NULL, 0, 1795822890132498, 'http://cdn.example/sora/14.mp4', NULL, '', 1, NULL, NULL, NULL, '[]', 'de', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(24, 'message:10000001:298', 10000001, 10000001, 10000001, NULL, 298, 'a bridge in fog', 'sora-2', 10, 720, 1280, 1, 0, 1, 'delivering', 1795822889707449, 1795822928417729, 0, NULL, 300, 1795822889920415, 'video_17', 100, NULL, NULL, 0, 1795822890183759, 'http://cdn.example/sora/15.mp4', NULL, '', 0, NULL, NULL, NULL, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(25, 'message:10000001:301', 10000001, 10000001, 10000001, NULL, 301, 'a slow river', 'sora-2', 10, 720, 1280, 1, 0, 1, 'rendering', 1795822891212614, 1795822901842319, 0, NULL, 304, 1795822891488728, 'video_18', 99, 1795822891726933, 415.6084045255137, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(26, 'message:-1000004000001:16', 10000001, 10000001, -1000004000001, NULL, 16, 'a slow parade', 'sora-2', 10, 720, 1280, 1, 0, 1, 'rendering', 1795822891213298, 1795822902342548, 0, NULL, 17, 1795822891507513, 'video_19', 99, 1795822891768750, 378.9662260705796, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(27, 'message:10000001:302', 10000001, 10000001, 10000001, NULL, 302, 'a slow fire', 'sora-2', 10, 720, 1280, 1, 0, 1, 'rendering', 1795822891260102, 1795822901920462, 0, NULL, 305, 1795822891537519, 'video_20', 99, 1795822891772619, 421.09740535942154, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(28, 'message:10000001:303', 10000001, 10000001, 10000001, NULL, 303, 'a slow snail', 'sora-2', 10, 720, 1280, 1, 0, 1, 'rendering', 1795822891292130, 1795822902333809, 0, NULL, 306, 1795822891564708, 'video_21', 99, 1795822891824997, 380.3464610490647, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(29, 'message:10000003:307', 10000003, 10000003, 10000003, NULL, 307, 'a wild duel', 'sora-2', 10, 720, 1280, 1, 0, 0, 'delivering', 1795822893210539, 1795822928417729, 0, NULL, 308, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, 'moderated', 'This content may violate our guardrails concerning similarity to third-party content.', 0, NULL, NULL, NULL, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 1),
(30, 'message:10000001:311', 10000001, 10000001, 10000001, NULL, 311, 'a queue of ducks', 'sora-2', 10, 720, 1280, 1, 0, 1, 'queued', 1795822894756842, 1795822894789640, 0, NULL, 312, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(31, 'message:10000001:313', 10000001, 10000001, 10000001, NULL, 313, 'the photo moves', 'sora-2', 10, 720, 1280, 1, 0, 1, 'queued', 1795822894944349, 1795822894950695, 0, NULL, 314, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[["file-id-of-photo-2", 720, 1280]]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(32, 'message:10000001:315', 10000001, 10000001, 10000001, NULL, 315, 'make it summer', 'sora-2', 10, 720, 1280, 1, 0, 0, 'queued', 1795822895152344, 1795822895162697, 0, NULL, 316, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[]', 'en', NULL, NULL, NULL, 7, 'video_7', NULL, 0),
(33, 'message:10000001:317', 10000001, 10000001, 10000001, NULL, 317, 'rex waits too', 'sora-2', 10, 720, 1280, 1, 0, 1, 'queued', 1795822895353487, 1795822895374759, 0, NULL, 318, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[]', 'en', 'https://example.com/rex.mp4', 1.0, 3.0, NULL, NULL, NULL, 0),
(34, 'message:-1000004000001:18', 10000001, 10000001, -1000004000001, NULL, 18, 'the club waits', 'sora-2', 10, 720, 1280, 1, 0, 1, 'queued', 1795822895547737, 1795822895570837, 0, NULL, 19, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(35, 'message:10000003:319', 10000003, 10000003, 10000003, NULL, 319, 'a grant well spent', 'sora-2', 10, 720, 1280, 1, 0, 0, 'queued', 1795822895748717, 1795822895778904, 0, NULL, 320, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 1),
(36, 'message:10000001:321', 10000001, 10000001, 10000001, NULL, 321, 'long forgotten', 'sora-2', 10, 720, 1280, 1, 0, 1, 'queued', 1795794095949514, 1795794095970790, 0, NULL, 322, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(37, 'message:10000001:323', 10000001, 10000001, 10000001, NULL, 323, 'never mind', 'sora-2', 10, 720, 1280, 1, 0, 1, 'cancelled', 1795822896150374, 1795822896760030, 0, NULL, 324, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, '', 0, NULL, NULL, 1795822896760030, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(38, 'draft:6', 10000001, 10000001, 10000001, NULL, 221, 'a red balloon', 'sora-2', 10, 720, 1280, 1, 0, 1, 'queued', 1795822896796263, 1795822896818320, 0, NULL, 222, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[["file-id-of-photo-3", 720, 1280]]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(39, 'retry:12', 10000001, 10000001, 10000001, NULL, 209, 'thrown away too soon', 'sora-2', 10, 720, 1280, 1, 0, 1, 'queued', 1795822896856700, 1795822896874417, 0, NULL, 210, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0),
(40, 'press:again:7::4200000000000044', 10000001, 10000001, 10000001, NULL, 193, 'a wooden boat', 'sora-2', 10, 720, 1280, 1, 0, 1, 'queued', 1795822896900675, 1795822896922408, 0, NULL, 325, NULL, NULL, NULL, NULL, NULL, 0, NULL, NULL, NULL, '', 0, NULL, NULL, NULL, '[]', 'en', NULL, NULL, NULL, NULL, NULL, NULL, 0);

INSERT INTO job_moves (id, job_id, at, state_before, state) VALUES
(1, 1, 1795563660232746, NULL, 'queued'),
(2, 1, 1795563660355416, 'queued', 'submitting'),
(3, 1, 1795563660366241, 'submitting', 'rendering'),
(4, 1, 1795563660585798, 'rendering', 'delivering'),
(5, 1, 1795563660885262, 'delivering', 'done'),
(6, 2, 1795563661076352, NULL, 'queued'),
(7, 2, 1795563661302749, 'queued', 'submitting'),
(8, 2, 1795563661318099, 'submitting', 'rendering'),
(9, 2, 1795563661539606, 'rendering', 'delivering'),
(10, 2, 1795563661633662, 'delivering', 'done'),
(11, 3, 1795563661781880, NULL, 'queued'),
(12, 3, 1795563661926778, 'queued', 'submitting'),
(13, 3, 1795563661936566, 'submitting', 'rendering'),
(14, 3, 1795563662157252, 'rendering', 'delivering'),
(15, 3, 1795563662239727, 'delivering', 'done'),
(16, 4, 1795563662378161, NULL, 'queued'),
(17, 4, 1795563662556263, 'queued', 'submitting'),
(18, 4, 1795563662571562, 'submitting', 'rendering'),
(19, 4, 1795563662794796, 'rendering', 'delivering'),
(20, 4, 1795563662889808, 'delivering', 'done'),
(21, 5, 1795563663057002, NULL, 'queued'),
(22, 5, 1795563663210368, 'queued', 'submitting'),
(23, 5, 1795563663233500, 'submitting', 'rendering'),
(24, 5, 1795563663458396, 'rendering', 'delivering'),
(25, 5, 1795563663599826, 'delivering', 'done'),
(26, 6, 1795563663754650, NULL, 'queued'),
(27, 6, 1795563663900153, 'queued', 'submitting'),
(28, 6, 1795563663920459, 'submitting', 'rendering'),
(29, 6, 1795563664137419, 'rendering', 'delivering'),
(30, 6, 1795563664201510, 'delivering', 'done'),
(31, 7, 1795563664341313, NULL, 'queued'),
(32, 7, 1795563664479002, 'queued', 'submitting'),
(33, 7, 1795563664489013, 'submitting', 'rendering'),
(34, 7, 1795563664710636, 'rendering', 'delivering'),
(35, 7, 1795563664789428, 'delivering', 'done'),
(36, 8, 1795563664943911, NULL, 'queued'),
(37, 8, 1795563665087286, 'queued', 'submitting'),
(38, 8, 1795563665104912, 'submitting', 'rendering'),
(39, 8, 1795563665332864, 'rendering', 'delivering'),
(40, 8, 1795563665404697, 'delivering', 'done'),
(41, 9, 1795563670604444, NULL, 'queued'),
(42, 9, 1795563670723416, 'queued', 'submitting'),
(43, 9, 1795563670735125, 'submitting', 'delivering'),
(44, 9, 1795563670759562, 'delivering', 'failed'),
(45, 10, 1795563670928052, NULL, 'queued'),
(46, 10, 1795563671043908, 'queued', 'submitting'),
(47, 10, 1795563671052917, 'submitting', 'delivering'),
(48, 10, 1795563671070267, 'delivering', 'failed'),
(49, 11, 1795563671196955, NULL, 'queued'),
(50, 11, 1795563671320514, 'queued', 'submitting'),
(51, 11, 1795563671334110, 'submitting', 'rendering'),
(52, 11, 1795563671570777, 'rendering', 'delivering'),
(53, 11, 1795563671586685, 'delivering', 'failed'),
(54, 12, 1795563671726885, NULL, 'queued'),
(55, 12, 1795563671849942, 'queued', 'submitting'),
(56, 12, 1795563671862492, 'submitting', 'rendering'),
(57, 12, 1795563672077215, 'rendering', 'delivering'),
(58, 12, 1795563672094925, 'delivering', 'failed'),
(59, 13, 1795563672275064, NULL, 'queued'),
(60, 13, 1795563672397905, 'queued', 'submitting'),
(61, 13, 1795563672408256, 'submitting', 'delivering'),
(62, 13, 1795563672424957, 'delivering', 'failed'),
(63, 14, 1795563672880254, NULL, 'queued'),
(64, 14, 1795563673049479, 'queued', 'delivering'),
(65, 14, 1795563673068606, 'delivering', 'failed'),
(66, 15, 1795563675680397, NULL, 'queued'),
(67, 15, 1795563675804544, 'queued', 'submitting'),
(68, 15, 1795563675817304, 'submitting', 'rendering'),
(69, 15, 1795563676030308, 'rendering', 'delivering'),
(70, 15, 1795563676076147, 'delivering', 'done'),
(71, 16, 1795563676216155, NULL, 'queued'),
(72, 16, 1795563676334323, 'queued', 'submitting'),
(73, 16, 1795563676344596, 'submitting', 'rendering'),
(74, 16, 1795563676557142, 'rendering', 'delivering'),
(75, 16, 1795563676597719, 'delivering', 'done'),
(76, 17, 1795563677334900, NULL, 'queued'),
(77, 17, 1795563677456286, 'queued', 'submitting'),
(78, 17, 1795563677464876, 'submitting', 'rendering'),
(79, 17, 1795563677699407, 'rendering', 'delivering'),
(80, 17, 1795563677806522, 'delivering', 'done'),
(81, 19, 1795822878765393, NULL, 'queued'),
(82, 19, 1795822878894596, 'queued', 'submitting'),
(83, 19, 1795822878910526, 'submitting', 'rendering'),
(84, 19, 1795822879667020, 'rendering', 'delivering'),
(85, 19, 1795822879807680, 'delivering', 'failed'),
(86, 20, 1795822882395124, NULL, 'queued'),
(87, 20, 1795822882556484, 'queued', 'submitting'),
(88, 20, 1795822882585922, 'submitting', 'rendering'),
(89, 20, 1795822882815984, 'rendering', 'delivering'),
(90, 20, 1795822882923704, 'delivering', 'done'),
(91, 21, 1795822888006939, NULL, 'queued'),
(92, 21, 1795822888172366, 'queued', 'submitting'),
(93, 21, 1795822888187461, 'submitting', 'queued'),
(94, 22, 1795822889539483, NULL, 'queued'),
(95, 22, 1795822889684261, 'queued', 'submitting'),
(96, 23, 1795822889706821, NULL, 'queued'),
(97, 24, 1795822889707449, NULL, 'queued'),
(98, 23, 1795822889880323, 'queued', 'submitting'),
(99, 24, 1795822889880477, 'queued', 'submitting'),
(100, 23, 1795822889903604, 'submitting', 'rendering'),
(101, 24, 1795822889920415, 'submitting', 'rendering'),
(102, 23, 1795822890132552, 'rendering', 'delivering'),
(103, 24, 1795822890183814, 'rendering', 'delivering'),
(104, 25, 1795822891212614, NULL, 'queued'),
(105, 26, 1795822891213298, NULL, 'queued'),
(106, 27, 1795822891260102, NULL, 'queued'),
(107, 28, 1795822891292130, NULL, 'queued'),
(108, 25, 1795822891448458, 'queued', 'submitting'),
(109, 26, 1795822891448622, 'queued', 'submitting'),
(110, 27, 1795822891448646, 'queued', 'submitting'),
(111, 28, 1795822891448668, 'queued', 'submitting'),
(112, 25, 1795822891488728, 'submitting', 'rendering'),
(113, 26, 1795822891507513, 'submitting', 'rendering'),
(114, 27, 1795822891537519, 'submitting', 'rendering'),
(115, 28, 1795822891564708, 'submitting', 'rendering'),
(116, 29, 1795822893210539, NULL, 'queued'),
(117, 29, 1795822893368360, 'queued', 'submitting'),
(118, 29, 1795822893390129, 'submitting', 'delivering'),
(119, 30, 1795822894756842, NULL, 'queued'),
(120, 31, 1795822894944349, NULL, 'queued'),
(121, 32, 1795822895152344, NULL, 'queued'),
(122, 33, 1795822895353487, NULL, 'queued'),
(123, 34, 1795822895547737, NULL, 'queued'),
(124, 35, 1795822895748717, NULL, 'queued'),
(125, 36, 1795794095949514, NULL, 'queued'),
(126, 37, 1795822896150374, NULL, 'queued'),
(127, 37, 1795822896760030, 'queued', 'cancelled'),
(128, 38, 1795822896796263, NULL, 'queued'),
(129, 39, 1795822896856700, NULL, 'queued'),
(130, 40, 1795822896900675, NULL, 'queued');

INSERT INTO drafts (id, origin, account_id, requester_id, chat_id, thread_id, request_message_id, text, created_at, message_id, photos, language, kind, chosen, job_id) VALUES
(1, 'press:4200000000000018', 10000001, 10000001, 10000001, NULL, 178, NULL, 1795822865620518, 199, '[]', 'en', 'change', '', 2),
(2, 'message:10000001:200', 10000001, 10000001, 10000001, NULL, 200, 'make it night', 1795563670593943, 201, '[]', 'en', 'card', '', 3),
(3, 'message:10000001:215', 10000001, 10000001, 10000001, NULL, 215, 'a green meadow --model=sora-2 --seconds=10 --size=720x1280 --private=False --watermark=True', 1795822874466319, 216, '[]', 'en', 'card', '', NULL),
(4, 'message:10000001:217', 10000001, 10000001, 10000001, NULL, 217, '', 1795822874652433, 218, '[]', 'en', 'words', '', NULL),
(5, 'message:10000001:219', 10000001, 10000001, 10000001, NULL, 219, '', 1795563674663480, 220, '[["file-id-of-photo-3", 720, 1280]]', 'en', 'words', '', NULL),
(6, 'message:10000001:221', 10000001, 10000001, 10000001, NULL, 221, 'a red balloon --model=sora-2 --seconds=10 --size=720x1280 --private=False --watermark=True', 1795822875065758, 222, '[["file-id-of-photo-3", 720, 1280]]', 'en', 'card', '', NULL),
(7, 'message:10000001:223', 10000001, 10000001, 10000001, NULL, 223, 'an old card --model=sora-2 --seconds=10 --size=720x1280 --private=False --watermark=True', 1795131675080194, 224, '[]', 'en', 'card', '', NULL),
(8, 'message:-1000004000001:9', 10000004, 10000004, -1000004000001, NULL, 9, 'more flags', 1795822876230293, 10, '[]', 'en', 'card', '', 15),
(9, 'message:10000004:234', 10000004, 10000004, 10000004, NULL, 234, 'in fog', 1795822878087672, 235, '[]', 'en', 'card', '', 17),
(10, 'message:10000002:270', 10000002, 10000002, 10000002, NULL, 270, 'News of spring --model=sora-2 --seconds=10 --size=720x1280 --private=False --watermark=False', 1795822886129629, 271, '[]', 'en', 'card', '', NULL),
(11, 'message:10000002:282', 10000002, 10000002, 10000002, NULL, 282, 'News of summer --model=sora-2 --seconds=10 --size=720x1280 --private=False --watermark=False', 1795822886879624, 283, '[]', 'en', 'card', '', NULL),
(12, 'message:10000002:286', 10000002, 10000002, 10000002, NULL, 286, 'News of autumn --model=sora-2 --seconds=10 --size=720x1280 --private=False --watermark=False', 1795822887468031, 287, '[]', 'en', 'card', '', NULL),
(13, 'message:10000002:328', 10000002, 10000002, 10000002, NULL, 328, 'News of winter --model=sora-2 --seconds=10 --size=720x1280 --private=False --watermark=False', 1795822897382188, 329, '[]', 'en', 'card', '', NULL);

INSERT INTO preferences (person_id, language, model, seconds, width, height, private, watermark, ask_first) VALUES
(10000008, 'de', NULL, NULL, NULL, NULL, 0, 0, 0),
(10000001, NULL, NULL, 10, 720, 1280, 0, 1, 0),
(10000004, NULL, NULL, NULL, NULL, NULL, 0, 0, 1);

INSERT INTO characters (id, owner_id, name, url, start, "end", created_at) VALUES
(1, 10000001, 'rex', 'https://example.com/rex.mp4', 1.0, 3.0, 1795822860154204),
(2, 10000001, 'old_tom', 'https://example.com/tom.mp4', 2.0, 4.0, 1795822860163874);

INSERT INTO accounts (id, name, username, language, since, has_limit, credits, has_grants, standing, banned_at, banned_until, ban_reason, unreachable_since) VALUES
(-1000004000002, 'Quiet corner', NULL, 'en', 1795822875610871, 0, NULL, 0, 'stranger', NULL, NULL, '', NULL),
(-1000004000001, 'Film club', NULL, 'en', 1795822875090789, 0, NULL, 0, 'stranger', NULL, NULL, '', NULL),
(10000001, 'Mina', 'mina', 'en', 1795822858468486, 1, NULL, 0, 'allowed', NULL, NULL, '', NULL),
(10000002, 'Boss', NULL, 'en', 1795822858473579, 0, NULL, 0, 'stranger', NULL, NULL, '', NULL),
(10000003, 'Cara', NULL, 'en', 1795822858452250, 1, 0, 1, 'allowed', NULL, NULL, '', NULL),
(10000004, 'Bo', NULL, 'en', 1795822858445202, 0, NULL, 0, 'allowed', NULL, NULL, '', NULL),
(10000005, 'Dan', NULL, 'en', 1795822858457841, 0, NULL, 0, 'stranger', 1795822858728456, NULL, 'spam', NULL),
(10000006, 'Eve', NULL, 'en', 1795822858745910, 0, NULL, 0, 'waiting', NULL, NULL, '', NULL),
(10000007, 'Finn', NULL, 'en', 1795822858760309, 0, NULL, 0, 'waiting', NULL, NULL, '', NULL),
(10000008, 'Gwen', NULL, 'de', 1795822858463095, 1, 2, 0, 'allowed', NULL, NULL, '', NULL),
(10000009, 'Hal', NULL, 'en', 1795822858478872, 0, NULL, 0, 'stranger', NULL, NULL, '', NULL),
(10000010, '', NULL, 'en', NULL, 0, NULL, 0, 'allowed', NULL, NULL, '', NULL),
(10000011, 'Jo', NULL, 'en', 1795822859319751, 0, NULL, 0, 'waiting', NULL, NULL, '', 1795822859331602),
(10000012, 'Kit', NULL, 'en', 1795822859298288, 0, NULL, 0, 'allowed', NULL, NULL, '', 1795822879361113);

INSERT INTO grants (id, account_id, credits, at) VALUES
(1, 10000003, 5, 1795822858692854),
(2, 10000003, -1, 1795822858709752);

INSERT INTO audit (id, origin, admin_id, action, at, account_id, job_id, detail, why) VALUES
(1, 'press:4200000000000001', 10000002, 'access', 1795822858491958, NULL, NULL, 'invite', ''),
(2, 'message:10000002:117', 10000002, 'allow', 1795822858547317, 10000003, NULL, '', ''),
(3, 'message:10000002:119', 10000002, 'allow', 1795822858646126, 10000004, NULL, '', ''),
(4, 'message:10000002:121', 10000002, 'allow', 1795822858655084, 10000008, NULL, '', ''),
(5, 'message:10000002:123', 10000002, 'allow', 1795822858663889, 10000001, NULL, '', ''),
(6, 'message:10000002:125', 10000002, 'limit', 1795822858673238, 10000001, NULL, 'unlimited', ''),
(7, 'message:10000002:127', 10000002, 'limit', 1795822858683041, 10000003, NULL, '0', ''),
(8, 'message:10000002:129', 10000002, 'grant', 1795822858692854, 10000003, NULL, '5', 'for the film'),
(9, 'message:10000002:131', 10000002, 'grant', 1795822858709752, 10000003, NULL, '-1', ''),
(10, 'message:10000002:134', 10000002, 'limit', 1795822858720184, 10000008, NULL, '2', ''),
(11, 'message:10000002:136', 10000002, 'ban', 1795822858728456, 10000005, NULL, '', 'spam'),
(12, 'message:10000002:138', 10000002, 'budget', 1795822858738555, NULL, NULL, '400', ''),
(13, 'message:10000002:150', 10000002, 'allow', 1795822859289638, 10000010, NULL, '', ''),
(14, 'message:10000002:156', 10000002, 'allow', 1795822859311035, 10000012, NULL, '', ''),
(15, 'press:4200000000000039', 10000002, 'broadcast', 1795822886663489, NULL, NULL, '8', ''),
(16, 'message:10000002:309', 10000002, 'pause', 1795822894711065, NULL, NULL, '', 'a new key'),
(17, 'press:4200000000000045', 10000002, 'broadcast', 1795822897904310, NULL, NULL, '8', '');

INSERT INTO house_rules (name, value) VALUES
('access', 'invite'),
('budget', '400');

INSERT INTO groups (chat_id, is_on, admins_only, language, model, width, height, greeted_at) VALUES
(-1000004000001, 1, 0, 'en', 'sora-2', 720, 1280, 1795822858400800),
(-1000004000002, 0, 0, NULL, NULL, NULL, NULL, 1795822858409351);

INSERT INTO holds (name, cause, model, since, why, probe_at, probes) VALUES
('model:veo-fast', 'model', 'veo-fast', 1795822888187461, '当前分组 default 下对于模型 sora-2 无可用渠道', 1795822948187461, 0),
('pause', 'pause', NULL, 1795822894711065, 'a new key', NULL, 0);

INSERT INTO alerts (name, since, detail) VALUES
('paid:10', 1795822871056837, ''),
('hold:model:veo-fast', 1795822888212597, '');

INSERT INTO broadcasts (id, origin, admin_id, chat_id, message_id, card_message_id, language, created_at, confirmed_at, stopped_at, finished_at) VALUES
(1, 'message:10000002:272', 10000002, 10000002, 270, 273, 'en', 1795822886321240, 1795822886663489, NULL, 1795822886869889),
(2, 'message:10000002:288', 10000002, 10000002, 286, 289, 'en', 1795822887667733, NULL, NULL, NULL),
(3, 'message:10000002:330', 10000002, 10000002, 328, 331, 'en', 1795822897573470, 1795822897904310, NULL, NULL);

INSERT INTO broadcast_people (broadcast_id, person_id, outcome, at) VALUES
(1, 10000001, 'delivered', 1795822886728338),
(1, 10000002, 'delivered', 1795822886761356),
(1, 10000003, 'delivered', 1795822886789617),
(1, 10000004, 'delivered', 1795822886810759),
(1, 10000006, 'delivered', 1795822886835493),
(1, 10000007, 'delivered', 1795822886844529),
(1, 10000008, 'delivered', 1795822886852284),
(1, 10000009, 'delivered', 1795822886860308),
(3, 10000001, 'delivered', 1795822897958130),
(3, 10000002, 'delivered', 1795822897986444),
(3, 10000003, NULL, NULL),
(3, 10000004, NULL, NULL),
(3, 10000006, NULL, NULL),
(3, 10000007, NULL, NULL),
(3, 10000008, NULL, NULL),
(3, 10000009, NULL, NULL);
