// Creates a reminder in each language in which it does not exist yet. Meta
// reviews it: template-report.js hears how the review ends. The filter also
// finds names that only contain it.
listTemplates({ name: 'clinic_visit', fields: 'name,language' });

fn(state => ({
  ...state,
  existing: state.data
    .filter(({ name }) => name === 'clinic_visit')
    .map(({ language }) => language),
}));

each(
  $.texts,
  fnIf(
    state => !state.existing.includes(state.data.language),
    createTemplate({
      name: 'clinic_visit',
      language: $.data.language,
      category: 'UTILITY',
      parameter_format: 'named',
      components: [
        {
          type: 'BODY',
          text: $.data.text,
          example: {
            body_text_named_params: [
              { param_name: 'name', example: 'Amina' },
              { param_name: 'day', example: '5 May' },
            ],
          },
        },
      ],
    }),
  ),
);
