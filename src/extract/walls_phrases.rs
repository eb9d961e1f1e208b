//! What pages without an article say: general phrases, folded (see `lines::fold`), of no one publisher.

/// Said to a reader by a page that holds no article, and hardly ever in one.
#[rustfmt::skip]
pub(super) const SURE: &[&str] = &[
    // captchas and blocks
    "access denied", "are you a robot", "not a robot", "captcha", "verify you are human", "verifying you are human",
    "verify that you are human", "verify you are a human", "confirm you are human", "confirm that you are human", "checking your browser", "site connection is secure",
    "unusual traffic", "unusual activity from your", "automated requests", "you have been blocked", "too many requests", "pardon our interruption",
    "dont have permission to access", "do not have permission to access", "just a moment", "403 forbidden", "ddos protection by",
    "acces refuse", "vous netes pas un robot", "zugriff verweigert", "kein roboter", "acceso denegado", "no eres un robot", "no soy un robot",
    "accesso negato", "non sei un robot", "acesso negado", "nao e um robo", "nao sou um robo", "toegang geweigerd", "geen robot",
    "доступ запрещен", "вы не робот", "доступ заборонено", "ви не робот", "odmowa dostepu", "nie jestes robotem", "nie jestem robotem",
    "erisim engellendi", "robot olmadigini", "η προσβαση απαγορευεται", "δεν ειστε ρομποτ",
    // scripts and cookies that are switched off
    "enable javascript", "javascript is disabled", "javascript is required", "javascript is not enabled", "requires javascript",
    "turn on javascript", "enable cookies", "cookies are disabled", "activer javascript", "activez javascript", "javascript est desactive",
    "javascript aktivieren", "aktivieren sie javascript", "javascript ist deaktiviert", "javascript deaktiviert", "habilite javascript",
    "habilitar javascript", "active javascript", "activar javascript", "javascript esta desactivado", "abilita javascript",
    "abilitare javascript", "attiva javascript", "ative o javascript", "habilite o javascript", "javascript in te schakelen",
    "schakel javascript", "включите javascript", "увимкніть javascript", "wlacz javascript", "wlaczyc javascript", "javascripti etkin",
    "ενεργοποιηστε τη javascript", "ενεργοποιηστε το javascript",
    // errors
    "page not found", "404 not found", "error 404", "404 error", "error 403", "error 503", "error 500", "internal server error",
    "page you are looking for", "page you were looking for", "page youre looking for", "page you requested", "page you have requested",
    "requested url was not found", "page cannot be found", "page could not be found", "page cant be found", "page doesnt exist",
    "page does not exist", "page no longer exists", "article no longer exists", "service unavailable", "temporarily unable to service",
    "bad gateway", "gateway timeout", "gateway time-out", "this page isnt available", "page is unavailable", "this content is not available",
    "not available in your region", "not available in your country", "unavailable in your region", "unavailable in your country", "site is under maintenance",
    "down for maintenance", "page introuvable", "erreur 404", "page nexiste", "page que vous recherchez", "page que vous cherchez",
    "page demandee", "service indisponible", "seite nicht gefunden", "seite wurde nicht gefunden", "fehler 404", "seite existiert nicht",
    "angeforderte seite", "gewunschte seite", "dienst nicht verfugbar", "pagina no encontrada", "pagina que buscas", "pagina que busca", "pagina no existe",
    "pagina solicitada", "servicio no disponible", "pagina non trovata", "pagina che stai cercando", "pagina che cerchi",
    "pagina richiesta", "errore 404", "servizio non disponibile", "pagina nao encontrada", "pagina que voce procura",
    "pagina que procura", "pagina nao existe", "erro 404", "servico indisponivel", "pagina niet gevonden", "pagina die je zoekt",
    "pagina die u zoekt", "pagina bestaat niet", "страница не наидена", "такои страницы не существует", "ошибка 404",
    "запрашиваемая страница", "сервис временно недоступен", "сторінку не знаидено", "помилка 404", "strona nie zostala znaleziona",
    "nie znaleziono strony", "blad 404", "strona nie istnieje", "sayfa bulunamadi", "hata 404", "η σελιδα δεν βρεθηκε", "σφαλμα 404",
    // consent
    "we value your privacy", "we care about your privacy", "we respect your privacy", "your privacy is important to us", "manage your consent", "consent to the use",
    "your privacy choices", "we and our partners", "we and our vendors", "our partners store", "withdraw your consent", "withdraw consent at any time",
    "change your preferences at any time", "le respect de votre vie privee", "nos partenaires stock", "nous et nos partenaires", "retirer votre consentement",
    "wir und unsere partner", "ihre privatsphare ist uns", "ihre einwilligung", "nosotros y nuestros socios", "nosotros y nuestros partners",
    "tu privacidad es importante", "valoramos tu privacidad", "valoramos su privacidad", "noi e i nostri partner", "diamo valore alla tua privacy",
    "la tua privacy e importante", "nos e os nossos parceiros", "nos e nossos parceiros", "valorizamos sua privacidade",
    "valorizamos a sua privacidade", "wij en onze partners", "wij respecteren je privacy", "мы и наши партнеры",
    "ми та наші партнери", "my i nasi partnerzy", "cenimy twoja prywatnosc", "szanujemy twoja prywatnosc", "gizliliginize onem",
    "εμεις και οι συνεργατες μας", "σεβομαστε την ιδιωτικοτητα",
    // subscription and login
    "subscribe to continue reading", "subscribe to keep reading", "subscribe to read", "subscribe now to read", "log in to continue", "login to continue",
    "sign in to continue", "sign in to read", "log in to read", "register to continue", "register to read", "content is for subscribers", "article is for subscribers",
    "available to subscribers only", "exclusive to subscribers", "reached your limit of free", "reached your free article", "article limit",
    "reserve aux abonnes", "abonnez-vous pour lire", "connectez-vous pour lire", "nur fur abonnenten", "melden sie sich an, um", "anmelden und weiterlesen", "jetzt abonnieren und",
    "solo para suscriptores", "exclusivo para suscriptores", "suscribete para leer", "inicia sesion para", "riservato agli abbonati",
    "abbonati per leggere", "accedi per continuare", "exclusivo para assinantes", "assine para ler", "faca login para",
    "alleen voor abonnees", "log in om verder te lezen", "только для подписчиков", "воидите, чтобы", "оформите подписку, чтобы",
    "tylko dla subskrybentow", "zaloguj sie, aby", "yalnizca aboneler", "μονο για συνδρομητες", "συνδεθειτε για να",
];

/// Said by banners on pages of articles too.
#[rustfmt::skip]
pub(super) const WEAK: &[&str] = &[
    "we use cookies", "uses cookies", "use cookies", "accept all", "accept cookies", "accept our cookies", "reject all", "manage preferences", "manage options", "cookie settings",
    "cookie preferences", "cookie policy", "privacy settings", "legitimate interest", "access information on a device", "personalised ads",
    "personalized ads", "personalised advertising", "personalized advertising", "to continue reading", "already a subscriber", "already have an account", "forgot your password",
    "forgot password", "create an account", "create a free account", "please wait", "loading...", "reference #", "ray id", "go back to the home", "return to the home",
    "back to homepage", "go to homepage", "try again later", "contact the site owner", "contact the administrator",
    "nous utilisons des cookies", "tout accepter", "tout refuser", "continuer sans accepter", "parametrer les cookies", "deja abonne",
    "pour lire la suite", "retour a laccueil", "retour a la page daccueil", "wir verwenden cookies", "alle akzeptieren",
    "alle ablehnen", "akzeptieren und weiter", "cookie-einstellungen", "bereits abonnent", "zur startseite", "utilizamos cookies", "usamos cookies",
    "aceptar todo", "aceptar todas", "rechazar todo", "configurar cookies", "ya eres suscriptor", "volver al inicio",
    "utilizziamo i cookie", "utilizziamo cookie", "usiamo i cookie", "accetta tutto", "accetta tutti", "rifiuta tutto", "sei gia abbonato", "torna alla home",
    "aceitar todos", "aceitar tudo", "rejeitar tudo", "rejeitar todos", "ja e assinante", "voltar para a pagina inicial",
    "wij gebruiken cookies", "we gebruiken cookies", "alles accepteren", "alles weigeren", "al abonnee", "terug naar de homepage",
    "мы используем cookie", "мы используем фаилы cookie", "принять все", "отклонить все", "уже есть подписка", "вернуться на главную",
    "ми використовуємо фаили cookie", "uzywamy plikow cookie", "zaakceptuj wszystk", "odrzuc wszystk", "cerezleri kullan", "tumunu kabul et",
    "tumunu reddet", "χρησιμοποιουμε cookies", "αποδοχη ολων", "απορριψη ολων",
];

/// As [`SURE`], in scripts that folding would take apart: looked for as they are written.
#[rustfmt::skip]
pub(super) const SURE_AS_WRITTEN: &[&str] = &[
    "الصفحة غير موجودة", "لم يتم العثور على الصفحة", "تم رفض الوصول", "لست روبوت", "تفعيل جافا سكريبت", "نحن نقدر خصوصيتك", "للمشتركين فقط",
    "页面不存在", "找不到页面", "頁面不存在", "找不到頁面", "您访问的页面", "您要查看的页面", "访问被拒绝", "存取被拒", "启用JavaScript", "启用 JavaScript", "啟用 JavaScript", "不是机器人",
    "不是機器人", "我们重视您的隐私", "我們重視您的隱私", "登录后继续阅读", "订阅后继续阅读", "仅限订阅", "安全验证", "服务不可用",
    "ページが見つかりません", "お探しのページ", "アクセスが拒否", "JavaScriptを有効", "ロボットではありません", "プライバシーを尊重", "会員限定", "続きを読むにはログイン", "ログインして続き",
    "페이지를 찾을 수 없", "요청하신 페이지", "접근이 거부", "로봇이 아닙니다", "자바스크립트를 활성화", "구독자 전용", "로그인 후 이용",
    "ไม่พบหน้า", "ไม่พบหน้าที่คุณ", "การเข้าถึงถูกปฏิเสธ", "เปิดใช้งาน JavaScript", "ไม่ใช่หุ่นยนต์", "เราให้ความสำคัญกับความเป็นส่วนตัว", "เฉพาะสมาชิก",
    "पृष्ठ नहीं मिला", "पेज नहीं मिला", "जावास्क्रिप्ट सक्षम", "रोबोट नहीं हैं", "एक्सेस अस्वीकृत", "आपकी गोपनीयता", "केवल सदस्यों के लिए",
];

/// As [`WEAK`], looked for as they are written.
#[rustfmt::skip]
pub(super) const WEAK_AS_WRITTEN: &[&str] = &[
    "ملفات تعريف الارتباط", "قبول الكل", "رفض الكل", "العودة إلى الصفحة الرئيسية", "我们使用 Cookie", "我们使用Cookie", "使用 cookie", "全部接受", "接受所有", "全部拒绝",
    "返回首页", "返回首頁", "請稍候", "请稍候", "Cookieを使用", "クッキーを使用", "すべて同意", "すべて受け入れ", "すべて拒否", "トップページへ戻る",
    "쿠키를 사용", "모두 동의", "모두 거부", "홈으로 돌아가기", "ใช้คุกกี้", "ยอมรับทั้งหมด", "ปฏิเสธทั้งหมด", "กลับหน้าแรก", "कुकीज़ का उपयोग", "सभी स्वीकार", "सभी अस्वीकार", "मुखपृष्ठ पर वापस",
];

/// Words that speak to the reader: such a sentence is no news unless it is quoted.
#[rustfmt::skip]
pub(super) const TO_READERS: &[&str] = &[
    "you", "your", "please", "youre", "youve", "vous", "votre", "vos", "veuillez", "bitte", "ihren", "ihrem", "usted", "ustedes", "tus", "voce", "uw", "jouw",
    "вы", "вас", "вам", "ваш", "ваши", "вашего", "пожалуиста", "prosze", "twoje", "lutfen", "σας", "παρακαλουμε",
];

/// How pages of links call themselves, at the beginning of a line.
#[rustfmt::skip]
pub(super) const LISTS: &[&str] = &[
    "search results", "results for", "showing results", "your search for", "tag:", "tags:", "tag archives", "posts tagged", "all posts tagged", "articles tagged",
    "category:", "category archives", "topic:", "topics:", "archives", "latest news", "latest stories", "all stories", "load more", "next page", "older posts",
    "most read", "top stories", "resultats de recherche", "resultats pour", "mot-cle", "etiquette", "toutes les actualites", "suchergebnisse", "ergebnisse fur", "schlagwort",
    "alle artikel", "resultados de la busqueda", "resultados para", "etiqueta", "ultimas noticias", "risultati della ricerca", "risultati per", "ultime notizie",
    "resultados da busca", "resultados da pesquisa", "zoekresultaten", "laatste nieuws", "результаты поиска", "тег:", "все новости", "последние новости",
    "результати пошуку", "останні новини", "wyniki wyszukiwania", "najnowsze wiadomosci", "arama sonuclari", "son dakika haberleri", "αποτελεσματα αναζητησης",
    "τελευταια νεα",
];
