package com.mobileapiconnect.bridge.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.BinaryBitmap;
import com.google.zxing.DecodeHintType;
import com.google.zxing.RGBLuminanceSource;
import com.google.zxing.common.HybridBinarizer;
import com.google.zxing.qrcode.QRCodeReader;
import java.util.Arrays;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The picture of a link leads a scanner to the link. */
class QrPictureTest {

    private static final int PIXELS = 4; // of a square

    @Test
    void aScannerReadsTheLinkThatWasDrawn() throws Exception {
        String link = "https://bridge.example.com:8443/phone#pair=kq4Q0Vw1m6hC2mJ6m2uC7g";
        String svg = QrPicture.of(link);

        assertThat(svg).startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\"").doesNotContain("<script", "href");
        assertThat(new QRCodeReader()
                        .decode(bitmap(svg), Map.of(DecodeHintType.PURE_BARCODE, true))
                        .getText())
                .isEqualTo(link);
    }

    private static BinaryBitmap bitmap(String svg) {
        Matcher box = Pattern.compile("viewBox=\"0 0 (\\d+)").matcher(svg);
        assertThat(box.find()).isTrue();
        int side = Integer.parseInt(box.group(1)) * PIXELS;
        int[] pixels = new int[side * side];
        Arrays.fill(pixels, 0xFFFFFF);
        for (MatchResult run : Pattern.compile("M(\\d+) (\\d+)h(\\d+)v1")
                .matcher(svg)
                .results()
                .toList()) {
            int x = Integer.parseInt(run.group(1)) * PIXELS;
            int y = Integer.parseInt(run.group(2)) * PIXELS;
            int length = Integer.parseInt(run.group(3)) * PIXELS;
            for (int row = y; row < y + PIXELS; row++) {
                Arrays.fill(pixels, row * side + x, row * side + x + length, 0);
            }
        }
        return new BinaryBitmap(new HybridBinarizer(new RGBLuminanceSource(side, side, pixels)));
    }
}
