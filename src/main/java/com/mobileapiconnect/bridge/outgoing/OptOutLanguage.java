package com.mobileapiconnect.bridge.outgoing;

import com.mobileapiconnect.bridge.message.WireName;
import java.util.List;

/**
 * Languages with their own words for STOP and START. A word is one that says nothing else when it is a whole SMS: plain
 * words for cancelling are left out, because customers cancel appointments by them.
 */
enum OptOutLanguage implements WireName {
    ARABIC("ar", List.of("إيقاف", "ايقاف", "توقف", "إلغاء الاشتراك"), List.of("ابدأ", "تفعيل")),
    GERMAN("de", List.of("stopp", "abmelden", "abbestellen"), List.of("anmelden")),
    GREEK("el", List.of("στοπ", "διαγραφή"), List.of("έναρξη")),
    SPANISH("es", List.of("baja", "alto", "parar", "cancelar suscripción"), List.of("alta")),
    FRENCH("fr", List.of("arrêt", "arrêter", "désabonner", "désinscrire", "désinscription"), List.of("reprendre")),
    HEBREW("he", List.of("הסר", "הסירו", "עצור"), List.of("הצטרף")),
    HINDI("hi", List.of("बंद", "बंद करो", "बंद करें", "रोकें"), List.of("शुरू")),
    INDONESIAN("id", List.of("berhenti"), List.of("mulai")),
    ITALIAN("it", List.of("ferma", "disiscrivi", "disiscrivimi"), List.of("riprendi")),
    JAPANESE("ja", List.of("停止", "配信停止", "解除"), List.of("再開")),
    KOREAN("ko", List.of("수신거부", "수신 거부", "중지"), List.of("수신동의")),
    DUTCH("nl", List.of("stoppen", "afmelden", "uitschrijven"), List.of("aanmelden")),
    POLISH("pl", List.of("wypisz", "rezygnuję"), List.of("wznów")),
    PORTUGUESE("pt", List.of("sair", "parar", "descadastrar"), List.of("voltar")),
    RUSSIAN("ru", List.of("стоп", "отписаться", "отписка"), List.of("старт")),
    SWEDISH("sv", List.of("stopp", "avsluta", "avregistrera"), List.of("starta")),
    THAI("th", List.of("หยุด", "ยกเลิก"), List.of("เริ่ม")),
    TURKISH("tr", List.of("ret", "iptal", "iptal et"), List.of("başlat")),
    UKRAINIAN("uk", List.of("стоп", "відписатися"), List.of("старт")),
    VIETNAMESE("vi", List.of("hủy", "từ chối"), List.of("bắt đầu")),
    CHINESE("zh", List.of("退订", "退訂", "停止", "取消订阅"), List.of("订阅"));

    private final String wireName;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> stops;

    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> starts;

    OptOutLanguage(String wireName, List<String> stops, List<String> starts) {
        this.wireName = wireName;
        this.stops = stops;
        this.starts = starts;
    }

    /** Returns the language's code by ISO 639-1. */
    @Override
    public String wireName() {
        return wireName;
    }

    List<String> stops() {
        return stops;
    }

    List<String> starts() {
        return starts;
    }
}
