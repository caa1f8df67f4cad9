/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The texts, and the filling of their blanks. Accents, emoji of several code points, line breaks,
 * quotes and texts that look like formulas are there on purpose: real customers type them.
 */
#include "config.h"

#include "ent-sim-themes.h"

#include <string.h>

#include "ent-sim-calendar.h"
#include "ent-sim-random.h"

#define SALT_TEXT G_GUINT64_CONSTANT (0x7e47)
#define SALT_BLANKS G_GUINT64_CONSTANT (0xb1a4)

/* Limits of GSM 03.38 and UCS-2 messages: alone, and per part when joined. */
#define GSM_SINGLE 160
#define GSM_PART 153
#define UCS2_SINGLE 70
#define UCS2_PART 67

/* Blanks: %N first name, %O order number, %V amount, %H time of day, %C code, %L link, %D date. */
static const EntSimTheme themes[ENT_SIM_N_THEMES] = {
  [ENT_SIM_THEME_DELIVERY] = { { "Entregas", "Entregas" },
                               ENT_SIM_PACE_OFFICE,
                               0,
                               4,
                               6,
                               { { "Olá, %N! Seu pedido %O saiu para entrega 🚚 e chega hoje até as "
                                   "%H.",
                                   "%N, o entregador está a caminho com o pedido %O. Acompanhe: %L",
                                   "Pedido %O entregue ✅ Obrigado pela preferência, %N!" },
                                 { "¡Hola, %N! Tu pedido %O salió a reparto 🚚 y llega hoy antes de "
                                   "las %H.",
                                   "%N, el repartidor está en camino con el pedido %O. Síguelo "
                                   "aquí: %L",
                                   "Pedido %O entregado ✅ ¡Gracias por tu compra, %N!" } } },
  [ENT_SIM_THEME_ORDER] = { { "Confirmação de pedido", "Confirmación de pedido" },
                            ENT_SIM_PACE_ALWAYS,
                            40,
                            2,
                            4,
                            { { "Recebemos seu pedido %O, %N. Valor: R$ %V. Avisaremos quando sair "
                                "da loja.",
                                "%N, o pagamento do pedido %O foi aprovado 🎉\nPrazo de envio: até "
                                "%D.",
                                "Pedido %O confirmado. Dúvidas? É só responder esta mensagem." },
                              { "Recibimos tu pedido %O, %N. Importe: $ %V. Te avisaremos cuando "
                                "salga.",
                                "%N, el pago del pedido %O fue aprobado 🎉\nFecha de envío: antes "
                                "del %D.",
                                "Pedido %O confirmado. ¿Dudas? Responde a este mensaje." } } },
  [ENT_SIM_THEME_CODE] = { { "Código de acesso", "Código de acceso" },
                           ENT_SIM_PACE_ALWAYS,
                           -550,
                           0,
                           0,
                           { { "%C e o seu codigo de acesso. Nao compartilhe com ninguem.",
                               "Seu codigo: %C. Valido por 10 minutos.",
                               "Código de verificação: %C. Nunca pedimos este número por "
                               "telefone." },
                             { "%C es tu codigo de acceso. No lo compartas con nadie.",
                               "Tu codigo: %C. Valido por 10 minutos.",
                               "Código de verificación: %C. Nunca pedimos este número por "
                               "teléfono." } } },
  [ENT_SIM_THEME_BILLING] = { { "Cobrança amigável", "Cobranza amistosa" },
                              ENT_SIM_PACE_OFFICE,
                              0,
                              1,
                              12,
                              { { "Olá, %N. Sua fatura de R$ %V vence em %D. Segunda via: %L",
                                  "%N, ainda não identificamos o pagamento de R$ %V. Se já pagou, "
                                  "desconsidere.",
                                  "Evite juros: regularize sua fatura até %D. Código de barras em "
                                  "%L" },
                                { "Hola, %N. Tu factura de $ %V vence el %D. Copia: %L",
                                  "%N, aún no vemos el pago de $ %V. Si ya pagaste, ignora este "
                                  "aviso.",
                                  "Evita intereses: regulariza tu factura antes del %D en %L" } } },
  [ENT_SIM_THEME_APPOINTMENT] = { { "Lembrete de consulta", "Recordatorio de cita" },
                                  ENT_SIM_PACE_OFFICE,
                                  60,
                                  0,
                                  40,
                                  { { "%N, sua consulta é dia %D às %H. Confirma? Responda SIM ou "
                                      "NÃO.",
                                      "Lembrete: exame agendado para %D, %H. Chegue 15 minutos "
                                      "antes, em jejum.",
                                      "Olá, %N 👩🏽‍⚕️ Sua consulta de retorno está "
                                      "marcada "
                                      "para %D às %H." },
                                    { "%N, tu cita es el %D a las %H. ¿Confirmas? Responde SÍ o "
                                      "NO.",
                                      "Recordatorio: examen el %D, %H. Llega 15 minutos antes, en "
                                      "ayunas.",
                                      "Hola, %N 👩🏽‍⚕️ Tu cita de control es el %D a "
                                      "las "
                                      "%H." } } },
  [ENT_SIM_THEME_SURVEY] = { { "Pesquisa de satisfação", "Encuesta de satisfacción" },
                             ENT_SIM_PACE_OFFICE,
                             50,
                             0,
                             45,
                             { { "De 0 a 10, quanto você nos recomendaria, %N? ⭐",
                                 "%N, como foi o atendimento? Responda de 1 (ruim) a 5 (ótimo).",
                                 "Sua opinião vale muito: %L" },
                               { "Del 0 al 10, ¿cuánto nos recomendarías, %N? ⭐",
                                 "%N, ¿qué tal la atención? Responde del 1 (mala) al 5 "
                                 "(excelente).",
                                 "Tu opinión vale mucho: %L" } } },
  [ENT_SIM_THEME_WELCOME] = { { "Boas-vindas", "Bienvenida" },
                              ENT_SIM_PACE_ALWAYS,
                              80,
                              15,
                              20,
                              { { "Boas-vindas, %N! 👋 Guarde este número: por aqui você acompanha "
                                  "tudo.",
                                  "Oi, %N! Que bom ter você com a gente ❤️ Veja como "
                                  "começar: "
                                  "%L",
                                  "Cadastro concluído, %N. Para deixar de receber avisos, responda "
                                  "SAIR." },
                                { "¡Bienvenida, bienvenido, %N! 👋 Guarda este número: por aquí te "
                                  "avisamos de todo.",
                                  "¡Hola, %N! Qué bueno tenerte con nosotros ❤️ Empieza "
                                  "aquí: "
                                  "%L",
                                  "Registro completo, %N. Para no recibir avisos, responde "
                                  "BAJA." } } },
  [ENT_SIM_THEME_PICKUP] = { { "Retirada na loja", "Retiro en tienda" },
                             ENT_SIM_PACE_OFFICE,
                             20,
                             3,
                             8,
                             { { "%N, o pedido %O já pode ser retirado até %D. Leve um documento "
                                 "com foto.",
                                 "Seu pedido %O está esperando por você 🛍️ Horário: das 9h "
                                 "às "
                                 "%H.",
                                 "Último dia para retirar o pedido %O, %N!" },
                               { "%N, el pedido %O ya se puede retirar hasta el %D. Lleva un "
                                 "documento con foto.",
                                 "Tu pedido %O te está esperando 🛍️ Horario: de 9:00 a %H.",
                                 "¡Último día para retirar el pedido %O, %N!" } } },
  [ENT_SIM_THEME_FREE_SHIPPING] = { { "Frete grátis", "Envío gratis" },
                                    ENT_SIM_PACE_BURST,
                                    150,
                                    25,
                                    20,
                                    { { "Só hoje: frete grátis acima de R$ %V 📦 Aproveite, %N: %L",
                                        "%N, seu carrinho está esperando — e o frete é por nossa "
                                        "conta até %D.",
                                        "FRETE GRÁTIS com o cupom \"FRETE%C\". Válido até %D." },
                                      { "Solo hoy: envío gratis desde $ %V 📦 Aprovecha, %N: %L",
                                        "%N, tu carrito te espera — y el envío va por nuestra "
                                        "cuenta hasta el %D.",
                                        "ENVÍO GRATIS con el cupón \"ENVIO%C\". Válido hasta el "
                                        "%D." } } },
  [ENT_SIM_THEME_OFFERS] = { { "Ofertas da semana", "Ofertas de la semana" },
                             ENT_SIM_PACE_BURST,
                             120,
                             35,
                             15,
                             { { "🔥 Ofertas da semana, %N: até 50% de desconto. Confira: %L",
                                 "%N, separamos promoções que são a sua cara 😍 %L",
                                 "Oferta relâmpago até as %H! Preços a partir de R$ %V." },
                               { "🔥 Ofertas de la semana, %N: hasta 50% de descuento. Mira: %L",
                                 "%N, elegimos promociones para ti 😍 %L",
                                 "¡Oferta relámpago hasta las %H! Precios desde $ %V." } } },
  [ENT_SIM_THEME_CLUB] = { { "Clube de vantagens", "Club de beneficios" },
                           ENT_SIM_PACE_BURST,
                           80,
                           10,
                           25,
                           { { "%N, você tem R$ %V em cashback para usar até %D 💚",
                               "Seus pontos vão expirar em %D. Troque agora: %L",
                               "Parabéns, %N! Você subiu para a categoria Ouro 🥇" },
                             { "%N, tienes $ %V en reembolsos para usar hasta el %D 💚",
                               "Tus puntos vencen el %D. Canjéalos: %L",
                               "¡Felicidades, %N! Subiste a la categoría Oro 🥇" } } },
  [ENT_SIM_THEME_SETTLEMENT] = { { "Renegociação", "Refinanciación" },
                                 ENT_SIM_PACE_BURST,
                                 -60,
                                 2,
                                 30,
                                 { { "%N, quite sua dívida com até 70% de desconto. Proposta "
                                     "válida até %D: %L",
                                     "Última chance, %N: parcele em até 12x de R$ %V sem juros.",
                                     "Acordo disponível para você. Responda 1 para falar com um "
                                     "atendente." },
                                   { "%N, liquida tu deuda con hasta 70% de descuento. Válido "
                                     "hasta el %D: %L",
                                     "Última oportunidad, %N: hasta 12 cuotas de $ %V sin "
                                     "intereses.",
                                     "Hay un acuerdo para ti. Responde 1 para hablar con un "
                                     "asesor." } } },
  [ENT_SIM_THEME_VACCINE] = { { "Vacinação", "Vacunación" },
                              ENT_SIM_PACE_BURST,
                              60,
                              12,
                              20,
                              { { "Vacinas da gripe disponíveis 💉 %N, agende a sua: %L",
                                  "%N, a segunda dose está prevista para %D. Traga a carteirinha.",
                                  "Sábado de vacinação das 8h às %H. Traga a família "
                                  "👨‍👩‍👧‍👦" },
                                { "Vacunas contra la gripe 💉 %N, agenda la tuya: %L",
                                  "%N, la segunda dosis está prevista para el %D. Trae tu carné.",
                                  "Sábado de vacunación de 8:00 a %H. Trae a la familia "
                                  "👨‍👩‍👧‍👦" } } },
  [ENT_SIM_THEME_SALE] = { { "Liquidação", "Liquidación" },
                           ENT_SIM_PACE_BURST,
                           140,
                           40,
                           15,
                           { { "LIQUIDAÇÃO! %N, tudo com 40% a menos até %D 🛒",
                               "Acabou de baixar de preço, %N: %L",
                               "Corre que é só até as %H ⏰ Itens a partir de R$ %V" },
                             { "¡LIQUIDACIÓN! %N, todo con 40% menos hasta el %D 🛒",
                               "Acaba de bajar de precio, %N: %L",
                               "Corre, solo hasta las %H ⏰ Desde $ %V" } } },
  [ENT_SIM_THEME_COLLECTION] = { { "Nova coleção", "Nueva colección" },
                                 ENT_SIM_PACE_BURST,
                                 160,
                                 50,
                                 15,
                                 { { "Chegou a nova coleção ✨ Veja antes de todo mundo, %N: %L",
                                     "%N, convite especial: pré-venda a partir de %D.",
                                     "Inspire-se: três looks a partir de R$ %V 👗👟🧢" },
                                   { "Llegó la nueva colección ✨ Mírala antes que nadie, %N: %L",
                                     "%N, invitación especial: preventa desde el %D.",
                                     "Inspírate: tres conjuntos desde $ %V 👗👟🧢" } } },
  [ENT_SIM_THEME_BIRTHDAY] = { { "Aniversariantes", "Cumpleaños" },
                               ENT_SIM_PACE_OFFICE,
                               120,
                               30,
                               5,
                               { { "Feliz aniversário, %N! 🎂 Seu presente: 20% de desconto até %D.",
                                   "%N, hoje o dia é seu 🥳 Retire um mimo na loja.",
                                   "Parabéns pra você, %N! Cupom: NIVER%C" },
                                 { "¡Feliz cumpleaños, %N! 🎂 Tu regalo: 20% de descuento hasta el "
                                   "%D.",
                                   "%N, hoy es tu día 🥳 Retira un detalle en la tienda.",
                                   "¡Que los cumplas feliz, %N! Cupón: CUMPLE%C" } } },
};

static const char *const answers[2][20] = {
  { "Obrigada!",
    "ok",
    "👍",
    "Sim",
    "NÃO",
    "Que horas chega?",
    "Já paguei ontem, segue o comprovante",
    "Quero falar com um atendente",
    "10",
    "5 ⭐⭐⭐⭐⭐",
    "1",
    "Não fui eu que pedi",
    "Pode deixar na portaria, por favor",
    "❤️",
    "Qual o valor do frete?",
    "kkkk adorei 😂",
    "Meu endereço mudou:\nRua das Acácias, 12 – apto 3",
    "=dúvida: vale p/ loja física?",
    "- cancelar o pedido; - devolver o valor",
    "+ informações" },
  { "¡Gracias!",
    "ok",
    "👍",
    "Sí",
    "NO",
    "¿A qué hora llega?",
    "Ya pagué ayer, adjunto comprobante",
    "Quiero hablar con una persona",
    "10",
    "5 ⭐⭐⭐⭐⭐",
    "1",
    "Yo no pedí nada",
    "Déjalo con el portero, por favor",
    "❤️",
    "¿Cuánto cuesta el envío?",
    "jajaja me encantó 😂",
    "Cambié de dirección:\nCalle Ñandú 12, 3.º B",
    "=duda: ¿sirve en la tienda?",
    "- cancelar el pedido; - devolver el dinero",
    "+ información" },
};

static const char *const unasked[2][8] = {
  { "Bom dia! Qual o horário da loja?", "Oi, tudo bem?", "Preciso da 2ª via do boleto",
    "Vocês abrem no feriado?", "Vi no @perfil de vocês, ainda tem?", "Cadê meu pedido??? 😡",
    "Boa tarde, gostaria de um orçamento", "Posso trocar sem nota fiscal?" },
  { "¡Buenos días! ¿Cuál es el horario?", "Hola, ¿cómo están?", "Necesito una copia de la factura",
    "¿Abren el feriado?", "Lo vi en su @perfil, ¿aún queda?", "¿Dónde está mi pedido? 😡",
    "Buenas tardes, quisiera un presupuesto", "¿Puedo cambiarlo sin recibo?" },
};

static const char *const opt_outs[2][4] = {
  { "SAIR", "PARAR", "Sair", "Não quero mais receber mensagens" },
  { "BAJA", "STOP", "Baja", "No quiero recibir más mensajes" },
};

const EntSimTheme *
ent_sim_theme_get (guint theme)
{
  return &themes[theme];
}

static void
append_blank (
    GString *out, char blank, gboolean spanish, EntSimRandom *random, const char *name, int day)
{
  int year, month, day_of_month;
  guint32 a = ent_sim_random_below (random, 900000);
  guint32 b = ent_sim_random_below (random, 100);

  switch (blank)
    {
    case 'N':
      g_string_append (out, name);
      break;
    case 'O':
      g_string_append_printf (out, "#%06u", 100000 + a);
      break;
    case 'V':
      g_string_append_printf (out, "%u,%02u", 19 + a % 480, b);
      break;
    case 'H':
      g_string_append_printf (out, spanish ? "%u:%02u" : "%uh%02u", 14 + a % 7, b % 2 * 30);
      break;
    case 'C':
      g_string_append_printf (out, "%06u", 100000 + a);
      break;
    case 'L':
      g_string_append_printf (out, "https://loja.example/%c%05u", 'a' + (int) (b % 26), a % 100000);
      break;
    case 'D':
    default:
      /* A date that the message looks forward to. */
      ent_sim_day_to_civil (day + 1 + (int) (a % 9), &year, &month, &day_of_month);
      g_string_append_printf (out, "%02d/%02d", day_of_month, month);
      break;
    }
}

/**
 * ent_sim_theme_append_text:
 * @day: on which the message is sent
 * @key: of the message; it chooses the text and what fills its blanks
 */
void
ent_sim_theme_append_text (
    GString *out, guint theme, gboolean spanish, int day, guint64 key, const char *first_name)
{
  const char *text = themes[theme].texts[spanish ? 1 : 0][ent_sim_mix (key, SALT_TEXT) % 3];
  EntSimRandom random;

  ent_sim_random_init (&random, key ^ SALT_BLANKS);
  while (*text != '\0')
    {
      const char *blank = strchr (text, '%');

      /* "50% de desconto" is no blank. */
      while (blank != NULL && memchr ("NOVHCLD", blank[1], 7) == NULL)
        blank = strchr (blank + 1, '%');
      if (blank == NULL)
        {
          g_string_append (out, text);
          break;
        }
      g_string_append_len (out, text, blank - text);
      append_blank (out, blank[1], spanish, &random, first_name, day);
      text = blank + 2;
    }
}

/**
 * ent_sim_reply_append_text:
 * @key: of the message; it chooses the text
 */
void
ent_sim_reply_append_text (GString *out, EntSimReplyKind kind, gboolean spanish, guint64 key)
{
  guint64 hash = ent_sim_mix (key, SALT_TEXT);
  guint language = spanish ? 1 : 0;

  switch (kind)
    {
    case ENT_SIM_REPLY_UNASKED:
      g_string_append (out, unasked[language][hash % G_N_ELEMENTS (unasked[0])]);
      break;
    case ENT_SIM_REPLY_OPT_OUT:
      g_string_append (out, opt_outs[language][hash % G_N_ELEMENTS (opt_outs[0])]);
      break;
    case ENT_SIM_REPLY_ANSWER:
    default:
      g_string_append (out, answers[language][hash % G_N_ELEMENTS (answers[0])]);
      break;
    }
}

/* The letters beyond ASCII of the GSM alphabet that our texts use. */
static gboolean
is_gsm (gunichar c)
{
  static const char letters[] = "£¥èéùìòÇØøÅåÄÖÑÜ§¿äöñüàÉ¡";

  if (c < 0x80)
    return c != '`';
  return g_utf8_strchr (letters, -1, c) != NULL;
}

/**
 * ent_sim_text_count_sms_parts:
 *
 * Returns: how many SMS the text takes; at least 1
 */
guint
ent_sim_text_count_sms_parts (const char *text)
{
  gboolean gsm = TRUE;
  guint units = 0;
  guint single, part;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      gsm = gsm && is_gsm (c);
      units += c > 0xffff ? 2 : 1;
    }
  single = gsm ? GSM_SINGLE : UCS2_SINGLE;
  part = gsm ? GSM_PART : UCS2_PART;
  return units <= single ? 1 : (units + part - 1) / part;
}
