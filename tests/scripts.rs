//! Other scripts than Latin: copies are found and unrelated texts are not, with and without spaces between words.
#![expect(clippy::unwrap_used, reason = "a test stops where something is not as it must be")]

use wirecopy::config::Config;
use wirecopy::corpus::{Inputs, Outputs, RecordLines, Request, RowLines, Silent, dedup};
use wirecopy::document::Document;
use wirecopy::pipeline;
use wirecopy::report::TraceReport;
use wirecopy::verify::Relation;

/// Two invented stories in one script.
struct Script {
    name: &'static str,
    /// Between sentences.
    space: &'static str,
    story: [&'static str; 6],
    /// Words of the story and what an editor puts in their place.
    edits: [(&'static str, &'static str); 3],
    other: [&'static str; 5],
}

const SCRIPTS: [Script; 8] = [
    Script {
        name: "cyrillic",
        space: " ",
        story: [
            "Пожар на старой мельнице в Остервике удалось потушить только к утру воскресенья, сообщила пожарная служба города.",
            "Огонь заметил ночной сторож, который сразу вызвал помощь и вывел из здания двух рабочих.",
            "На место прибыли машины из соседних посёлков, однако сильный ветер с озера долго мешал пожарным подойти к складу зерна.",
            "По предварительной оценке, сгорела большая часть муки, а крыша главного корпуса полностью обрушилась.",
            "Владелец предприятия пообещал выплатить зарплату всем сотрудникам и начать восстановление ещё до зимы.",
            "Причину возгорания устанавливают эксперты, их выводы станут известны на следующей неделе.",
        ],
        edits: [
            ("сразу вызвал", "немедленно вызвал"),
            ("полностью обрушилась", "обрушилась"),
            ("на следующей неделе", "в ближайшее время"),
        ],
        other: [
            "Городской музей Линнгорда открыл новый зал, посвящённый истории рыбного промысла на северных островах.",
            "Посетители увидят лодки, сети и письма моряков, которые хранились в частных домах более века.",
            "Директор собрания рассказала, что предметы искали по всему побережью и нашли даже судовой колокол.",
            "Школьникам вход будет бесплатным, а для взрослых подготовили вечерние экскурсии при свечах.",
            "Выставка продлится до осени, после чего часть экспонатов отправится в столицу.",
        ],
    },
    Script {
        name: "greek",
        space: " ",
        story: [
            "Η φωτιά στον παλιό μύλο του Όστερβικ έσβησε μόλις το πρωί της Κυριακής, ανακοίνωσε η πυροσβεστική υπηρεσία της πόλης.",
            "Τις φλόγες είδε ο νυχτοφύλακας, ο οποίος κάλεσε αμέσως βοήθεια και έβγαλε από το κτίριο δύο εργάτες.",
            "Οχήματα έφτασαν και από τα γειτονικά χωριά, όμως ο δυνατός άνεμος από τη λίμνη εμπόδιζε για ώρες τους πυροσβέστες να πλησιάσουν την αποθήκη.",
            "Σύμφωνα με την πρώτη εκτίμηση κάηκε το μεγαλύτερο μέρος του αλευριού, ενώ η στέγη του κεντρικού κτιρίου κατέρρευσε εντελώς.",
            "Ο ιδιοκτήτης υποσχέθηκε να πληρώσει όλους τους εργαζομένους και να αρχίσει την ανοικοδόμηση πριν από τον χειμώνα.",
            "Τα αίτια της πυρκαγιάς ερευνούν ειδικοί, το πόρισμα των οποίων αναμένεται την επόμενη εβδομάδα.",
        ],
        edits: [("κάλεσε αμέσως", "ειδοποίησε αμέσως"), ("κατέρρευσε εντελώς", "κατέρρευσε"), ("την επόμενη εβδομάδα", "σύντομα")],
        other: [
            "Το δημοτικό μουσείο του Λίνγκορντ άνοιξε νέα αίθουσα αφιερωμένη στην ιστορία της αλιείας στα βόρεια νησιά.",
            "Οι επισκέπτες θα δουν βάρκες, δίχτυα και γράμματα ναυτικών που φυλάσσονταν σε σπίτια για περισσότερο από έναν αιώνα.",
            "Η διευθύντρια εξήγησε ότι η συλλογή συγκεντρώθηκε από όλη την ακτή και περιλαμβάνει μέχρι και καμπάνα πλοίου.",
            "Για τους μαθητές η είσοδος είναι δωρεάν, ενώ οι ενήλικες μπορούν να ακολουθήσουν βραδινές ξεναγήσεις με κεριά.",
            "Η έκθεση θα διαρκέσει ως το φθινόπωρο και έπειτα πολλά αντικείμενα θα ταξιδέψουν στην πρωτεύουσα.",
        ],
    },
    Script {
        name: "arabic",
        space: " ",
        story: [
            "أعلنت إدارة الإطفاء في مدينة أوسترفيك أن الحريق الذي اندلع في المطحنة القديمة أخمد صباح الأحد بعد ليلة طويلة.",
            "ولاحظ الحارس الليلي ألسنة اللهب فطلب المساعدة فورا وأخرج عاملين من داخل المبنى.",
            "ووصلت سيارات من القرى المجاورة لكن الرياح القوية القادمة من البحيرة منعت رجال الإطفاء ساعات من الاقتراب من مخزن الحبوب.",
            "ووفق التقدير الأول احترق معظم الطحين وانهار سقف المبنى الرئيسي انهيارا كاملا.",
            "ووعد صاحب المطحنة بدفع أجور جميع العاملين وببدء إعادة البناء قبل حلول الشتاء.",
            "ويبحث خبراء في سبب الحريق ومن المنتظر أن تعلن نتائجهم في الأسبوع المقبل.",
        ],
        edits: [("فطلب المساعدة فورا", "فطلب النجدة فورا"), ("انهيارا كاملا", "كله"), ("في الأسبوع المقبل", "قريبا")],
        other: [
            "افتتح متحف بلدة لينغورد قاعة جديدة مخصصة لتاريخ صيد السمك في الجزر الشمالية.",
            "ويشاهد الزوار فيها قوارب وشباكا ورسائل بحارة ظلت محفوظة في بيوت العائلات أكثر من قرن.",
            "وقالت مديرة المتحف إن المعروضات جمعت من الساحل كله وإن بينها جرس سفينة غرقت منذ زمن بعيد.",
            "والدخول مجاني لتلاميذ المدارس أما الكبار فلهم جولات مسائية على ضوء الشموع.",
            "ويستمر المعرض حتى الخريف ثم تنتقل بعض القطع إلى العاصمة.",
        ],
    },
    Script {
        name: "chinese",
        space: "",
        story: [
            "奥斯特维克市消防部门表示,老磨坊的大火直到星期天清晨才被扑灭。",
            "夜班看守最先发现火光,他立刻打电话求救,并把两名工人带出了大楼。",
            "附近村庄的消防车也赶到现场,但是湖面吹来的强风使消防员好几个小时无法靠近粮仓。",
            "初步估计,大部分面粉已经烧毁,主楼的屋顶完全塌了下来。",
            "磨坊主人答应照常给所有员工发工资,并且在冬天到来之前开始重建。",
            "专家正在调查起火原因,结论预计下个星期公布。",
        ],
        edits: [("立刻打电话求救", "马上打电话求助"), ("完全塌了下来", "塌了下来"), ("下个星期公布", "不久后公布")],
        other: [
            "林戈尔德镇博物馆新开了一间展厅,介绍北方群岛捕鱼业的历史。",
            "参观者可以看到木船、渔网和水手的书信,这些东西在居民家里保存了一百多年。",
            "馆长说,藏品是沿着整条海岸一件件找来的,其中甚至有一口沉船上的铜钟。",
            "中小学生免费入场,成年人可以参加晚间的烛光导览。",
            "展览持续到秋季,随后部分展品将运往首都。",
        ],
    },
    Script {
        name: "japanese",
        space: "",
        story: [
            "オステルビク市の消防署は、古い製粉所の火災が日曜日の朝になってようやく消し止められたと発表した。",
            "夜間の警備員が炎に気づき、すぐに助けを呼んで、建物の中にいた作業員二人を外へ連れ出した。",
            "近くの村からも消防車が駆けつけたが、湖から吹く強い風のため、隊員は何時間も穀物倉庫に近づけなかった。",
            "最初の見積もりによると、小麦粉の大半が焼け、本館の屋根は完全に崩れ落ちたという。",
            "製粉所の持ち主は、従業員全員に給料を払い、冬が来る前に再建を始めると約束した。",
            "出火の原因は専門家が調べており、結果は来週明らかになる見通しだ。",
        ],
        edits: [("すぐに助けを呼んで", "ただちに通報し"), ("完全に崩れ落ちた", "崩れ落ちた"), ("来週明らかになる", "近く公表される")],
        other: [
            "リンゴルド町の博物館に、北の島々の漁業の歩みを伝える展示室が新しくできた。",
            "来館者は、百年以上も民家にしまわれていた小舟や網、船乗りの手紙を見ることができる。",
            "館長によれば、資料は海岸じゅうを回って集めたもので、沈んだ船の鐘まで含まれている。",
            "子どもの入場は無料で、大人向けにはろうそくの明かりで巡る夜の案内もある。",
            "展示は秋まで続き、その後、一部は首都に移される。",
        ],
    },
    Script {
        name: "korean",
        space: " ",
        story: [
            "오스테르비크 소방서는 오래된 방앗간에서 난 불이 일요일 아침이 되어서야 꺼졌다고 밝혔다.",
            "야간 경비원이 불길을 처음 보고 곧바로 도움을 요청했으며 건물 안에 있던 일꾼 두 명을 밖으로 데리고 나왔다.",
            "이웃 마을에서도 소방차가 달려왔지만 호수에서 불어온 강한 바람 탓에 대원들은 몇 시간 동안 곡물 창고에 다가가지 못했다.",
            "첫 추산에 따르면 밀가루 대부분이 타 버렸고 본관 지붕은 완전히 무너져 내렸다.",
            "방앗간 주인은 모든 직원에게 임금을 주고 겨울이 오기 전에 다시 짓기 시작하겠다고 약속했다.",
            "불이 난 까닭은 전문가들이 조사하고 있으며 결과는 다음 주에 나올 예정이다.",
        ],
        edits: [("곧바로 도움을", "바로 도움을"), ("완전히 무너져 내렸다", "무너져 내렸다"), ("다음 주에 나올", "조만간 나올")],
        other: [
            "린고르드 마을 박물관에 북쪽 섬들의 고기잡이 역사를 보여 주는 새 전시실이 문을 열었다.",
            "관람객은 백 년 넘게 여러 집에 간직되어 있던 나룻배와 그물과 뱃사람들의 편지를 볼 수 있다.",
            "관장은 바닷가 전체를 돌며 모은 물건 가운데 가라앉은 배의 종까지 있다고 설명했다.",
            "학생은 무료로 들어갈 수 있고 어른들을 위해 촛불을 든 저녁 안내도 마련되었다.",
            "전시는 가을까지 이어지며 그 뒤 일부는 수도로 옮겨진다.",
        ],
    },
    Script {
        name: "thai",
        space: " ",
        story: [
            "หน่วยดับเพลิงเมืองออสเตอร์วิกแจ้งว่าไฟที่ไหม้โรงสีเก่าเพิ่งดับลงเมื่อเช้าวันอาทิตย์หลังจากลุกไหม้มาตลอดคืน",
            "ยามกลางคืนเป็นคนแรกที่เห็นเปลวไฟเขารีบโทรเรียกความช่วยเหลือและพาคนงานสองคนออกจากอาคาร",
            "รถดับเพลิงจากหมู่บ้านใกล้เคียงมาถึงแล้วแต่ลมแรงจากทะเลสาบทำให้เจ้าหน้าที่เข้าใกล้ยุ้งข้าวไม่ได้อยู่หลายชั่วโมง",
            "การประเมินเบื้องต้นพบว่าแป้งส่วนใหญ่ถูกเผาและหลังคาอาคารหลักพังลงมาทั้งหมด",
            "เจ้าของโรงสีสัญญาว่าจะจ่ายค่าแรงให้พนักงานทุกคนและเริ่มสร้างใหม่ก่อนฤดูหนาว",
            "ผู้เชี่ยวชาญกำลังตรวจหาสาเหตุของเพลิงไหม้และคาดว่าจะทราบผลในสัปดาห์หน้า",
        ],
        edits: [("เขารีบโทรเรียก", "เขาโทรเรียก"), ("พังลงมาทั้งหมด", "พังลงมา"), ("ในสัปดาห์หน้า", "เร็วๆ นี้")],
        other: [
            "พิพิธภัณฑ์ประจำเมืองลินกอร์ดเปิดห้องจัดแสดงใหม่ที่เล่าประวัติการทำประมงของหมู่เกาะทางเหนือ",
            "ผู้เข้าชมจะได้เห็นเรือไม้ อวน และจดหมายของลูกเรือที่ครอบครัวต่างๆ เก็บรักษาไว้นานกว่าหนึ่งร้อยปี",
            "ภัณฑารักษ์เล่าว่าของทุกชิ้นรวบรวมมาจากตลอดแนวชายฝั่ง มีแม้กระทั่งระฆังของเรือที่จมไปแล้ว",
            "นักเรียนเข้าชมฟรี ส่วนผู้ใหญ่เลือกเดินชมยามค่ำใต้แสงเทียนได้",
            "นิทรรศการมีไปจนถึงฤดูใบไม้ร่วง จากนั้นบางชิ้นจะย้ายไปเมืองหลวง",
        ],
    },
    Script {
        name: "hindi",
        space: " ",
        story: [
            "ओस्टरविक शहर के दमकल विभाग ने बताया कि पुरानी आटा चक्की में लगी आग रविवार सुबह जाकर बुझ सकी।",
            "लपटें सबसे पहले रात के पहरेदार ने देखीं, जिसने तुरंत मदद बुलाई और दो मज़दूरों को इमारत से बाहर निकाला।",
            "आसपास के गाँवों से भी गाड़ियाँ पहुँचीं, लेकिन झील की ओर से आती तेज़ हवा के कारण दमकलकर्मी कई घंटे तक अनाज के गोदाम के पास नहीं जा सके।",
            "शुरुआती अनुमान के अनुसार ज़्यादातर आटा जल गया और मुख्य भवन की छत पूरी तरह गिर गई।",
            "चक्की के मालिक ने सभी कर्मचारियों को वेतन देने और सर्दी से पहले दोबारा निर्माण शुरू करने का वादा किया।",
            "आग लगने की वजह की जाँच विशेषज्ञ कर रहे हैं और उनका नतीजा अगले हफ़्ते आएगा।",
        ],
        edits: [("जिसने तुरंत मदद", "जिसने फ़ौरन मदद"), ("पूरी तरह गिर गई", "गिर गई"), ("अगले हफ़्ते आएगा", "जल्द आएगा")],
        other: [
            "लिनगोर्ड कस्बे के संग्रहालय में उत्तरी द्वीपों के मछुआरों के इतिहास पर एक नया कक्ष खुला है।",
            "यहाँ आने वाले लोग नावें, जाल और नाविकों की चिट्ठियाँ देखेंगे, जो सौ साल से ज़्यादा समय घरों में सँभाली गईं।",
            "निदेशक ने कहा कि चीज़ें पूरे समुद्र तट से जुटाई गईं और उनमें एक डूबे जहाज़ की घंटी भी है।",
            "स्कूली बच्चों के लिए प्रवेश मुफ़्त है, जबकि बड़ों के लिए शाम को मोमबत्ती की रोशनी में भ्रमण रखा गया है।",
            "प्रदर्शनी पतझड़ तक चलेगी, फिर कुछ वस्तुएँ राजधानी भेजी जाएँगी।",
        ],
    },
];

impl Script {
    fn story(&self) -> String {
        self.story.join(self.space)
    }

    fn edited(&self) -> String {
        let mut text = self.story();
        for (from, to) in self.edits {
            assert!(text.contains(from), "{}: {from}", self.name);
            text = text.replace(from, to);
        }
        text
    }

    /// Documents by what they are; each as a page with paragraphs.
    fn documents(&self) -> Vec<(String, String)> {
        let named = |what: &str, text: String| (format!("{}-{what}", self.name), text);
        vec![
            named("a", self.story()),
            named("copy", self.story.join("\n\n")),
            named("edited", self.edited()),
            named("part", self.story[..3].join(self.space)),
            named("other", self.other.join(self.space)),
        ]
    }
}

fn trace(config: &Config) -> TraceReport {
    let all = SCRIPTS.iter().flat_map(Script::documents);
    let documents = all.map(|(id, text)| Document { id, text, ..Document::default() }).collect();
    pipeline::trace(documents, Vec::new(), false, config).unwrap()
}

fn relation(report: &TraceReport, a: &str, b: &str) -> Relation {
    let (a, b) = (a.min(b), a.max(b));
    report.pairs.iter().find(|p| p.a == a && p.b == b).map_or(Relation::Unrelated, |p| p.relation)
}

#[test]
fn copies_are_told_in_every_script() {
    // All against all, and through keys.
    for all_pairs_below in [64, 0] {
        let report = trace(&Config { all_pairs_below, ..Config::default() });
        for Script { name, .. } in &SCRIPTS {
            let found = |a: &str, b: &str| relation(&report, &format!("{name}-{a}"), &format!("{name}-{b}"));
            assert_eq!(found("a", "copy"), Relation::Exact, "{name}");
            assert_eq!(found("a", "edited"), Relation::NearDuplicate, "{name}");
            assert_eq!(found("a", "part"), Relation::Excerpt, "{name}");
            for own in ["a", "copy", "edited", "part"] {
                let other = found(own, "other");
                assert!(other >= Relation::SameTopic, "{name}: {own} and other are {other:?}");
            }
        }
        let script_of = |id: &str| id.split_once('-').map(|x| x.0.to_owned());
        for pair in report.pairs.iter().filter(|p| p.relation.is_derived()) {
            assert_eq!(script_of(&pair.a), script_of(&pair.b), "{pair:?}");
        }
        assert!(report.documents.iter().all(|d| !d.flags.contains(&"non_article".to_owned()) && d.words >= 30), "a text was not read");
    }
}

/// The cluster of each document, by id.
fn clusters(documents: &[(String, String)], config: &Config) -> std::collections::BTreeMap<String, String> {
    let lines: Vec<String> = documents.iter().map(|(id, text)| serde_json::json!({ "id": id, "text": text }).to_string()).collect();
    let text = lines.join("\n").into_bytes();
    let mut inputs = Inputs::default();
    inputs.push("texts".into(), text.len() as u64, 0, Box::new(text));
    let (mut kept, mut rows) = (Vec::new(), Vec::new());
    let request =
        Request { inputs: &inputs, config, memory: 1 << 30, spill: None, gram_spills: [None, None], stages: None, monitor: &Silent };
    dedup(request, Outputs { kept: &mut RecordLines::new(&mut kept), clusters: Some(&mut RowLines::new(&mut rows)) }).unwrap();
    let rows = String::from_utf8(rows).unwrap();
    let row = |l: &str| serde_json::from_str::<serde_json::Value>(l).unwrap();
    rows.lines().map(row).map(|r| (r["id"].as_str().unwrap().to_owned(), r["cluster"].as_str().unwrap().to_owned())).collect()
}

#[test]
fn corpora_of_every_script_are_deduplicated() {
    let all: Vec<(String, String)> = SCRIPTS.iter().flat_map(Script::documents).collect();
    for config in [Config::default(), Config::news_corpus()] {
        let of = clusters(&all, &config);
        for Script { name, .. } in &SCRIPTS {
            let cluster = |what: &str| of[&format!("{name}-{what}")].clone();
            assert_eq!((cluster("copy"), cluster("edited")), (cluster("a"), cluster("a")), "{name}");
            assert_eq!(cluster("other"), format!("{name}-other"), "{name}");
            // Where a word is a character even half a brief has enough of them.
            if config.derivatives && ["chinese", "japanese", "thai"].contains(name) {
                assert_eq!(cluster("part"), cluster("a"), "{name}");
            }
        }
    }
}

#[test]
fn odd_texts_of_every_script_stop_nothing() {
    let mut texts = vec![
        String::new(),
        "。".repeat(500),
        "\u{E48}\u{94D}\u{64B}".repeat(300),
        "ــــ".into(),
        "１２３ ٤٥٦ ४५६".into(),
        "👩‍👩‍👧 ".repeat(200),
    ];
    for script in &SCRIPTS {
        let story = script.story();
        let letters: Vec<char> = story.chars().collect();
        texts.push(letters.iter().rev().collect());
        texts.push(letters.iter().take(5).collect());
        texts.push(letters.chunks(7).map(|c| c.iter().collect::<String>()).collect::<Vec<_>>().join("\n"));
        texts.push(letters.iter().filter(|c| !c.is_alphabetic()).collect());
    }
    let documents: Vec<(String, String)> = texts.into_iter().enumerate().map(|(i, t)| (format!("{i:03}"), t)).collect();
    let rows = documents.iter().cloned().map(|(id, text)| Document { id, text, ..Document::default() }).collect();
    let report = pipeline::trace(rows, Vec::new(), false, &Config::default()).unwrap();
    assert_eq!(report.documents.len(), documents.len());
    assert_eq!(clusters(&documents, &Config::news_corpus()).len(), documents.len());
}
